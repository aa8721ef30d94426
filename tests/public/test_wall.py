"""The wall of a meeting room: promised dates by month, past, to come and done."""

import pytest

from projects.choices import Basis, Topic
from projects.core import fuzzy_dates
from projects.models import ProjectMilestone
from projects.models.prepared import _statement
from projects.public import wall
from projects.public.wall import MAX_COUNT, MAX_LINES
from tests import cast
from tests.public.portfolio import settle
from tests.public.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise(made):
    """Say of a project of its own when something of it is to be, or was."""

    def promise(name: str, value: str, topic=Topic.PROMISED, **more):
        project = cast.project(name, name_en=name)
        said = {"measure": "completed", "source": made.paper} | more
        cast.published(project, topic, fuzzy_dates.parse(value), ref=f"wall-{name}", **said)
        return project

    return promise


def lines(page) -> list[str]:
    """The first words of each line of the table."""
    return [cells[0] for cells in page.rows("months")]


CASES = [  # value, topic, the group in which it stands on 2 March 2026
    ("2026-03-02", Topic.PROMISED, "To come"),
    ("2026-03-01", Topic.PROMISED, "Past due with no outcome reported"),
    ("2021", Topic.PROMISED, "Past due with no outcome reported"),
    ("2026-11-30", Topic.PROMISED, "To come"),
    ("2026-12-01", Topic.PROMISED, None),
    ("2025-12-01", Topic.ACTUAL, "Done"),
    ("2025-11-30", Topic.ACTUAL, None),
]


@pytest.mark.parametrize("asof", [{}, {"asof": "2026-03-01", "known": "2026-03-01"}])
@pytest.mark.parametrize(("value", "topic", "group"), CASES)
def test_each_stands_in_its_group(client, made, promise, value, topic, group, asof):
    if asof and value == "2026-03-01":
        group = "To come"
    as_of = value if topic == Topic.ACTUAL else "2025-10"
    promise("Sluice", value, topic, as_of=as_of, known_on="2026-02-01")
    settle()
    found = lines(read(client, "/en/wall/", **asof))
    where = [number for number, words in enumerate(found) if words.startswith("Sluice")]
    assert len(where) == (group is not None)
    if group:
        titles = {"To come", "Past due with no outcome reported", "Done"}
        assert [words for words in found[: where[0]] if words in titles][-1] == group


def test_a_date_fills_the_months_that_it_may_be_in(client, made, promise):
    promise("Sluice", "2026-06-01/2026-08-31")
    settle()
    page = read(client, "/en/wall/")
    row = next(
        cells
        for cells in page.all("td")
        if cells.is_in("tbody", "coming") and cells.given.get("colspan") == "3"
    )
    assert row


def test_more_than_a_screen_is_counted_and_said(client, made, promise):
    for number in range(MAX_LINES + 3):
        promise(f"Sluice {number}", f"2026-07-{number + 1:02}")
    settle()
    page = read(client, "/en/wall/")
    shown = [words for words in lines(page) if words.startswith("Sluice")]
    assert shown[0].startswith("Sluice 0") and len(shown) <= MAX_LINES
    assert f"{MAX_LINES} of " in page.main


def test_above_a_hundred_the_count_is_honest(client, made, promise):
    project = promise("Sluice", "2026-07-01")
    settle()
    one = ProjectMilestone.objects.get(project=project)
    for number in range(MAX_COUNT + 1):
        one.pk, one.scope = None, f"{number}"
        one.save()
    assert f"{MAX_COUNT}+" in read(client, "/en/wall/").main


def test_a_filter_narrows_it(client, made, promise):
    promise("Sluice", "2026-07-01", source=made.paper)
    settle()
    assert not any(words.startswith("Sluice") for words in lines(read(client, "/en/wall/", kind="energy")))


def test_it_says_what_it_is_narrowed_to(client, made):
    place = made.plant.place
    asked = {"kind": "energy", "stage": "none", "place": place.code, "source": made.paper.code, "q": "綦万"}
    page = read(client, "/en/wall/", **asked)
    for words in ("Kind: energy", "Stage: not stated", place.name_en, made.paper.title_en, "“綦万”"):
        assert words in page.main, words
    assert "Kind" not in read(client, "/en/wall/").main


def test_what_is_read_into_a_source_says_so(client, made, promise):
    promise("Sluice", "2026-07-01", basis=Basis.INFERRED, note="我们读作竣工")
    settle()
    row = next(words for words in lines(read(client, "/en/wall/")) if words.startswith("Sluice"))
    assert "inferred" in row


@pytest.mark.parametrize(("every", "seconds"), [("5", "300"), ("1", "60"), ("60", "3600")])
def test_it_shows_itself_anew(client, made, every, seconds):
    page = read(client, "/en/wall/", every=every)
    found = [one for one in page.all("meta") if one.given.get("http-equiv") == "refresh"]
    assert [one.given["content"] for one in found] == [seconds] and not page.notices


@pytest.mark.parametrize("every", ["0", "61", "-5", "5.5", "x", "٥", "9" * 40])
def test_nothing_else_is_a_number_of_minutes(client, made, every):
    page = read(client, "/en/wall/", every=every)
    assert not [one for one in page.all("meta") if one.given.get("http-equiv") == "refresh"]
    assert "every=" in page.notices[0]


def test_without_being_asked_it_stays_as_it_is(client, made):
    page = read(client, "/en/wall/")
    assert not [one for one in page.all("meta") if one.given.get("http-equiv") == "refresh"]


def test_nothing_to_show_is_one_line(client, made):
    assert "No project here has a date." in read(client, "/en/wall/", kind="health").main


@pytest.fixture
def written_anew():
    """The statements, which hold how many rows are wanted."""
    _statement.cache_clear()
    yield
    _statement.cache_clear()


@pytest.mark.every_engine
@pytest.mark.parametrize(("most", "said"), [(100, "6 of 9"), (7, "6 of 7+")])
@pytest.mark.parametrize("first", [2, 200])
def test_the_dates_of_a_filter_are_counted_as_all_are(
    client, made, promise, written_anew, monkeypatch, most, said, first
):
    """Whether the projects that are counted first have few of them, all or too many."""
    monkeypatch.setattr(wall, "MAX_COUNT", most)
    monkeypatch.setattr(wall, "MAX_FIRST", first)
    for number in range(MAX_LINES + 3):
        promise(f"Sluice {number}", f"2026-07-{number + 1:02}")
    settle()
    assert said in read(client, "/en/wall/", counted="1").main
