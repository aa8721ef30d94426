"""One of them: what was written, the answer, and where what proved true is put right."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core import signing

from projects.choices import Stage, Topic
from projects.claims import approval, projection
from projects.models import Claim, Tip
from projects.public import tell
from projects.tips import erasure
from tests.cast import AT, project, published, source, tip
from tests.public.reading import Page, read, zh

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(db):
    found = published(project("某物流园", name_en="A logistics park"), Topic.STAGE, Stage.PREPARING.value)
    projection.rebuild(found.project)
    return found


@pytest.fixture
def came(claim):
    return tip(
        "去年已开工",
        contact="13900000000",
        link="https://example.org/a",
        project=claim.project,
        assertion=claim,
    )


def seen_by(client, user, of: Tip, language: str = "") -> Page:
    client.force_login(user)
    return read(client, f"{language}/desk/tips/{of.pk}/")


def close(client, user, of: Tip, verdict: str = "confirmed", answer: str = "属实，将更正。"):
    client.force_login(user)
    return client.post(f"/desk/tips/{of.pk}/", {"verdict": verdict, "answer": answer})


def test_what_was_written_about_what_and_by_when(client, people, came):
    page = seen_by(client, people.reviewer, came, "/en")
    for words in ("去年已开工", "13900000000", "https://example.org/a", "A logistics park", "9 March 2026"):
        assert words in page.main
    assert page.one("a", href="https://example.org/a").given["rel"] == "noopener noreferrer nofollow"


def test_it_is_closed_with_an_answer(client, people, came):
    assert close(client, people.reviewer, came).status_code == 302
    page = seen_by(client, people.reviewer, came)
    assert "属实，将更正。" in page.main and not page.all("textarea", name="answer")
    assert zh("The answer is not public: send it to the contact, if there is one.") in page.main
    assert not page.all("a", "button"), "a reviewer enters no claims"


def test_what_is_missing_is_said_and_nothing_typed_is_lost(client, people, came):
    page = Page(close(client, people.editor, came, verdict="", answer="核实过了"))
    assert zh("Choose what came of it.") in page.main and page.one("textarea", id="answer").text == "核实过了"
    page = Page(close(client, people.editor, came, verdict="partly", answer=""))
    assert page.status == 200 and page.one("input", value="partly").given.get("checked", "no") != "no"
    assert Tip.objects.open().exists()


def test_the_second_finds_it_answered_and_keeps_the_own_words(client, people, came):
    close(client, people.reviewer, came)
    page = Page(close(client, people.editor, came, answer="我也核实过"))
    assert zh("Somebody has closed it already: read what was answered.") in page.main
    assert page.one("textarea", id="unkept").text == "我也核实过" and "属实，将更正。" in page.main


@pytest.mark.parametrize("who", ["reporter", "stranger"])
def test_to_others_it_is_not_there(client, people, came, who):
    assert seen_by(client, getattr(people, who), came).status == 404
    assert close(client, getattr(people, who), came).status_code == 404
    assert Tip.objects.open().exists()


@pytest.mark.parametrize("number", [0, 999_999, 10**30])
def test_a_number_that_is_none_is_not_there(client, people, number):
    client.force_login(people.reviewer)
    assert client.get(f"/desk/tips/{number}/").status_code == 404


@pytest.mark.parametrize(
    ("verdict", "leads"), [("confirmed", 2), ("partly", 2), ("unfounded", 0), ("unrelated", 0)]
)
def test_what_proved_true_leads_to_the_forms_of_an_editor(client, people, came, verdict, leads):
    close(client, people.editor, came, verdict, "" if verdict == "unrelated" else "已核实。")
    page = seen_by(client, people.editor, came)
    assert len(page.all("a", "button")) == leads
    for one in page.all("a", "button"):
        form = Page(client.get(one.given["href"]))
        assert form.one("textarea", name="note").text == "据读者反映核实"
        chosen = [
            one
            for one in form.all("option")
            if "selected" in one.given and one.within.given.get("id") == "id_source"
        ]
        assert [one for one in chosen if one.given["value"]] == [], "the source is named anew"


def test_what_is_erased_says_so(client, people, came):
    erasure.erase_due(at=AT + timedelta(days=365))
    page = seen_by(client, people.editor, came)
    assert zh("The words are erased.") in page.main and "去年已开工" not in page.html


def test_from_the_reader_to_the_corrected_page(client, people, claim):
    """The whole way, in Chinese: told, answered, corrected by a second source, shown."""
    slug = claim.project.slug
    form = read(client, f"/tell/?ref={claim.ref}")
    sent = {one.given["name"]: one.given["value"] for one in form.all("input", type="hidden")}
    with time_machine.travel(AT + timedelta(minutes=1)):
        sent |= {"kind": "wrong", "text": "去年已开工", "contact": "13900000000", "may_be_shown": "1"}
        assert client.post("/tell/", sent).status_code == 302
        came = Tip.objects.get()
        assert signing.loads(sent["made"], salt=tell.FORM_SALT) and came.ref == claim.ref
        close(client, people.editor, came, answer="属实：公告载明已开工，已据此更正。")
        lead = seen_by(client, people.editor, came).all("a", "button")[0].given["href"]
        asked = parse_qs(urlsplit(lead).query)
        notice = source("notice", title="开工公告", published="2026-02-27")
        client.post(
            lead,
            {
                "code": "building",
                "source": notice.pk,
                "as_of": "",
                "basis": "stated",
                "note": asked["note"][0],
            },
        )
        correction = Claim.objects.pending().get()
        approval.approve(correction, by=people.reviewer, at=AT + timedelta(minutes=2))
        client.logout()
        page = read(client, f"/projects/{slug}/")
    assert zh("under construction") in page.one("p", "answer").text
    assert "据读者反映核实" in page.main and "开工公告" in page.main
    assert "属实：公告载明已开工，已据此更正。" in page.one("section", id="answers").text
    assert "去年已开工" not in page.html and "13900000000" not in page.html
