"""The form by which everybody tells us something: what is taken, what is said of what is not."""

from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.test import Client

from projects.choices import Topic
from projects.claims import projection
from projects.core.money import Money
from projects.models import Tip
from projects.public import tell
from projects.tips import answers, arrival
from tests.cast import AT, project, published, tip
from tests.public.reading import Page, read, zh
from tests.troubled import writes_fail
from tracker.trouble import Trouble

pytestmark = pytest.mark.django_db
FILLED = {"kind": "wrong", "text": "工地去年就动工了，日期不对", "contact": "13900000000", "link": ""}


@pytest.fixture(autouse=True)
def today():
    """2 March 2026 in Shanghai; half a minute after each form was made, it is sent."""
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


def made(ago: timedelta = timedelta(seconds=30)) -> str:
    return signing.dumps((AT - ago).timestamp(), salt=tell.FORM_SALT)


def send(client, language: str = "", *, made_at: str = "", network: str = "192.0.2.1", **given) -> Page:
    data = FILLED | {"made": made_at or made()} | given
    return Page(client.post(f"{language}/tell/", data, REMOTE_ADDR=network))


def faults(page: Page) -> list[str]:
    return [one.text for one in page.all("li") if one.is_in("div", "faults")]


def test_what_is_sent_is_taken_and_the_sender_is_told_by_when(client):
    page = send(client)
    assert page.status == 302 and not page.response.cookies
    told = read(client, page.response["Location"].removesuffix("#main"))
    came = Tip.objects.get()
    assert (came.text, came.contact, came.is_doubtful) == (FILLED["text"], FILLED["contact"], False)
    assert f"编号 {came.pk}。" in told.main
    assert "2026年3月9日" in told.one("div", "notice").text


def test_in_english_and_outside_the_years_that_are_known(client, today):
    today.move_to("2027-12-30T01:00:00Z")
    token = read(client, "/en/tell/").one("input", name="made").given["value"]
    today.shift(60)
    sent = client.post("/en/tell/", FILLED | {"made": token})
    told = read(client, sent["Location"].removesuffix("#main"))
    assert "We answer by about" in told.one("div", "notice").text
    assert told.one("h1").text == "Something wrong, or something new?"


def test_the_form_needs_no_cookie_no_script_and_is_never_kept(client):
    answer = client.get("/tell/")
    assert not answer.cookies and "no-store" in answer["Cache-Control"] and "Vary" not in answer
    page = Page(answer)
    assert page.one("input", name=tell.TRAP).is_in("p") and "csrfmiddlewaretoken" not in page.html
    assert client.get("/tell/").status_code == client.head("/tell/").status_code == 200
    assert client.put("/tell/").status_code == 405


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"text": ""}, "Say in a few words what is wrong, or new."),
        ({"text": " \n "}, "Say in a few words what is wrong, or new."),
        ({"text": "https://example.org/ http://a.b"}, "an address alone"),
        ({"kind": ""}, "Choose whether something is wrong or new."),
        ({"made": ""}, "stood open for more than a day"),
        ({"made": "1:2:3"}, "stood open for more than a day"),
    ],
)
def test_a_sentence_says_what_is_missing_and_nothing_typed_is_lost(client, given, fault):
    page = send(client, "/en", **given)
    (said,) = faults(page)
    assert fault in said and not Tip.objects.exists()
    assert page.one("input", name="contact").given["value"] == FILLED["contact"]
    if "text" not in given:
        assert FILLED["text"] in page.one("textarea").text


def test_what_is_too_long_is_given_back_whole(client):
    long = "长" * 2001
    page = send(client, text=long, contact="电" * 101, link="https://example.org/" + "a" * 500)
    assert len(faults(page)) == 3 and page.one("textarea").text == long and page.status == 200
    assert not Tip.objects.exists()
    assert client.post("/tell/", FILLED | {"text": "长" * 400_000}).status_code == 413


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": "长" * 2001}, "反映的情况有 2001 字，最多可写 2000 字。"),
        ({"contact": "电" * 101}, "联系方式有 101 字，最多可写 100 字。"),
        ({"link": "https://example.org/" + "a" * 500}, "网址有 520 个字符，最多可写 500 个。"),
        ({"text": "开工日期\0不对"}, "文字中有看不见的字符，请删去后重填。"),
        ({"link": "不是网址"}, "请填写网页地址，以 https:// 开头。"),
    ],
)
def test_what_cannot_be_taken_is_said_by_its_field(client, given, sentence):
    assert faults(send(client, **given)) == [sentence]


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_of_trouble_calls_the_fields_as_the_form_does(language):
    """In both languages, as all of that page; never by the code under which they are sent."""
    client = Client(raise_request_exception=False)
    with writes_fail(Trouble.FULL):
        page = send(client, language, link="https://example.org/a")
    given = {one.given["name"]: one for one in page.all("textarea")}
    called = {name: "".join(one.within.words).splitlines()[0].strip() for name, one in given.items()}
    assert page.status == 503 and called == {
        "text": "请写明情况 · In your words",
        "contact": "联系方式（可不填） · How we reach you, if you like",
        "link": "能证明的网页（可不填） · A page that shows it, if you know one",
    }


def test_a_form_that_stood_open_is_sent_once_more(client):
    page = send(client, made_at=made(timedelta(hours=25)))
    assert len(faults(page)) == 1 and not Tip.objects.exists()
    assert send(client, made_at=page.one("input", name="made").given["value"]).status == 302
    assert send(client, text="又一处", made_at=made(timedelta(hours=23))).status == 302


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> 有误",
        "Неверная дата начала строительства",
        "日付が違います",
        "التاريخ خطأ هنا",
    ],
)
def test_markup_and_other_languages_are_taken_as_text(client, people, text):
    assert send(client, text=text).status == 302
    client.force_login(people.editor)
    page = read(client, f"/desk/tips/{Tip.objects.get().pk}/")
    assert text in page.one("article", "said").text and "<script>alert" not in page.html


@pytest.mark.parametrize("given", [{tell.TRAP: "x"}, {"text": "<a href='x'>买</a> 便宜货"}, {"made": "now"}])
def test_what_a_machine_may_have_sent_is_kept_apart_and_not_lost(client, given):
    given = {"made": made(timedelta())} if "made" in given else given
    assert send(client, **given).status == 302
    assert Tip.objects.doubtful().count() == 1 and not Tip.objects.likely().exists()


def test_the_same_twice_gets_the_same_number(client):
    first, second = send(client), send(client)
    assert first.response["Location"] == second.response["Location"] and Tip.objects.get().times == 2


def test_a_hundred_from_one_address_are_ten_and_a_sentence(client):
    statuses = [send(client, text=f"第{number}处有误").status for number in range(100)]
    assert statuses == [302] * arrival.MAX_A_DAY + [429] * (100 - arrival.MAX_A_DAY)
    refused = send(client, text="这一条是认真的")
    assert "这一条是认真的" in refused.one("textarea").text and "明天" in faults(refused)[0]
    assert send(client, text="这一条是认真的", network="2001:db8::1").status == 302
    assert Tip.objects.count() == arrival.MAX_A_DAY + 1


def test_it_knows_what_it_is_about(client):
    of = project("某物流园")
    claim = published(of, Topic.TOTAL_INVESTMENT, Money(150_000_000, "yi", 2))
    page = read(client, f"/tell/?ref={claim.ref}")
    assert "某物流园" in page.main and "1.50亿元" in page.main.replace(" ", "")
    hidden = {one.given["name"]: one.given["value"] for one in page.all("input", type="hidden")}
    assert (hidden["project"], hidden["ref"]) == (of.slug, claim.ref)
    send(client, **{name: hidden[name] for name in ("project", "ref")})
    came = Tip.objects.get()
    assert (came.project, came.ref) == (of, claim.ref)


@pytest.mark.parametrize(
    "query",
    [
        "project=nothing",
        "ref=%00",
        "ref=" + "a" * 5000,
        "page=//evil.example/",
        "page=/nothing/",
        "received=x",
    ],
)
def test_what_is_no_name_of_ours_is_as_if_it_were_not_said(client, query):
    page = read(client, f"/tell/?{query}")
    assert page.status == 200
    assert [one.given["name"] for one in page.all("input", type="hidden")] == ["made"]


def test_of_what_is_private_it_says_nothing(client):
    private = project("秘密工程", is_public=False)
    claim = published(private)
    page = read(client, f"/tell/?project={private.slug}&ref={claim.ref}")
    assert "秘密工程" not in page.html
    send(client, project=private.slug, ref=claim.ref)
    assert (Tip.objects.get().project, Tip.objects.get().ref) == (None, "")


def test_every_project_and_every_note_lead_to_it(client):
    of = project("某物流园")
    claim = published(of)
    projection.rebuild(of)
    links = [
        one.href for one in read(client, f"/projects/{of.slug}/").links if one.words == zh("Something wrong?")
    ]
    assert f"/tell/?project={of.slug}" in links and f"/tell/?ref={claim.ref}" in links
    assert f"/tell/?page=%2Fprojects%2F{of.slug}%2F" in links
    assert "/en/tell/?page=%2Fen%2Fabout%2F" in [one.href for one in read(client, "/en/about/").links]


def test_what_is_open_and_answered_is_counted_and_shown_by_consent(client, people):
    of = project("某物流园")
    projection.rebuild(of)
    told = {"verdict": "confirmed", "answer": "属实，将据公告更正。", "by": people.editor}
    answers.close(tip(project=of, may_be_shown=True), at=AT + timedelta(days=2), **told)
    answers.close(tip("另一处"), at=AT + timedelta(days=2), **told | {"answer": "不公开的答复"})
    tip("第三处")
    with time_machine.travel(AT + timedelta(days=2)):
        page = read(client, "/tell/")
        assert "待答复 1 条，已答复 2 条，" in page.main and "2 天" in page.main
        shown = page.one("section", id="answers").text
        assert "属实，将据公告更正。" in shown and "某物流园" in shown and "不公开的答复" not in page.html


@pytest.mark.parametrize("count", [1, 25])
def test_a_fixed_number_of_statements(client, people, count, django_assert_num_queries):
    for number in range(count):
        one = tip(f"第{number}处", network=f"192.0.2.{number}", project=project(), may_be_shown=True)
        answers.close(one, verdict="partly", answer="部分属实。", by=people.editor, at=AT)
    with django_assert_num_queries(4):
        read(client, "/tell/")
