"""The queue of what people told us: by day, doubtful ones apart, pages, many closed at once."""

from datetime import timedelta

import pytest

from projects.models import Tip
from projects.tips import answers
from tests.cast import AT, project, tip
from tests.public.reading import Page, read, zh

pytestmark = pytest.mark.django_db


def seen_by(client, user, query: str = "", language: str = "") -> Page:
    client.force_login(user)
    return read(client, f"{language}/desk/tips/{query}")


def quoted(page: Page) -> list[str]:
    return [one.text for one in page.all("q")]


def test_what_is_to_be_answered_first_comes_first_and_doubtful_ones_are_apart(client, people):
    tip("后来的一条")
    tip("先来的一条", at=AT - timedelta(days=20), project=project(name_en="Silent works"))
    tip("便宜便宜", is_doubtful=True)
    answers.close(tip("旧的一条"), verdict="confirmed", answer="属实。", by=people.editor, at=AT)
    page = seen_by(client, people.reviewer, language="/en")
    assert quoted(page) == ["先来的一条", "后来的一条"]
    for words in ("Overdue: 1", "To be answered (2)", "Doubtful (1)", "Silent works"):
        assert words in page.main
    assert quoted(seen_by(client, people.editor, "?state=doubtful")) == ["便宜便宜"]
    closed = seen_by(client, people.editor, "?state=closed")
    assert (
        quoted(closed) == ["旧的一条"]
        and zh("confirmed") in closed.main
        and not closed.all("input", name="tip")
    )


@pytest.mark.parametrize("who", ["reporter", "stranger"])
def test_to_others_it_is_not_there(client, people, who):
    came = tip()
    client.force_login(getattr(people, who))
    assert (
        client.get("/desk/tips/").status_code
        == client.post("/desk/tips/", {"tip": came.pk}).status_code
        == 404
    )
    assert Tip.objects.open().exists()
    assert zh("Messages from outside") not in read(client, "/desk/").text


def test_the_desk_says_how_many_wait(client, people):
    tip("第一条反映")
    tip("第二条反映", at=AT - timedelta(days=20))
    client.force_login(people.editor)
    page = read(client, "/desk/")
    assert "有 2 条反映待答复" in page.main and "1 条已过期限" in page.main


def test_those_chosen_are_closed_without_an_answer(client, people):
    first, second, third = (tip(f"第{number}条") for number in range(3))
    client.force_login(people.editor)
    assert client.post("/desk/tips/", {"tip": [first.pk, third.pk]}).status_code == 302
    assert list(Tip.objects.likely()) == [second]
    client.post("/desk/tips/", {"tip": ["x", "-1", str(10**30)]})
    client.post("/desk/tips/", {})
    assert list(Tip.objects.likely()) == [second]
    assert zh("Nothing was closed: choose the messages first.") in read(client, "/desk/tips/").text


def test_all_doubtful_ones_that_the_page_knew_of_are_closed_at_once(client, people):
    tip("便宜便宜", is_doubtful=True), tip("真有错误")
    page = seen_by(client, people.editor, "?state=doubtful")
    until = page.one("button", name="doubtful_until").given["value"]
    tip("后来的便宜", is_doubtful=True)
    client.post("/desk/tips/?state=doubtful", {"doubtful_until": until})
    assert [one.text for one in Tip.objects.open()] == ["真有错误", "后来的便宜"]


def spam(count: int) -> None:
    """Written directly: so many come by no door."""
    row = tip("广告广告广告", is_doubtful=True)
    Tip.objects.bulk_create(
        Tip(
            kind="news",
            text=f"广告{number}",
            is_doubtful=True,
            digest=f"{number}",
            received_at=AT,
            due_on=row.due_on,
        )
        for number in range(count)
    )


def test_under_ten_thousand_it_is_read_as_before(client, people, django_assert_max_num_queries):
    tip("真有错误"), spam(10_000)
    assert quoted(seen_by(client, people.editor)) == ["真有错误"]
    with django_assert_max_num_queries(12):
        page = read(client, "/desk/tips/?state=doubtful")
    assert len(quoted(page)) == 50 and "(10001)" in page.main
    second = read(client, "/desk/tips/" + page.link(zh("Next page")))
    assert len(quoted(second)) == 50 and not set(quoted(page)) & set(quoted(second))
    until = page.one("button", name="doubtful_until").given["value"]
    with django_assert_max_num_queries(20):
        client.post("/desk/tips/?state=doubtful", {"doubtful_until": until})
    assert Tip.objects.open().count() == 1
