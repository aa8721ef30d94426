"""The age of the newest word: of everything, of what the headline counts, on a past day."""

import pytest
import time_machine

from projects.choices import Topic
from projects.claims import projection
from projects.core.clocks import Clocks
from projects.public import project_list
from projects.records import last_report
from tests import cast
from tests.public.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]
PATHS = ["/en/news/", "/en/sources/", "/en/places/", "/en/projects/"]
CLOCKS = Clocks(cast.TODAY, cast.TODAY, cast.TODAY)


@pytest.fixture
def told():
    """Of a counted project in autumn 2024; of a plant, which does not count, in March 2025."""
    autumn = cast.source("autumn", published="2024-09/2024-12")
    notice = cast.source("notice", published="2025-03-01")
    road = cast.project(slug="road", place=cast.place())
    plant = cast.project(slug="plant", record_type="existing_plant")
    cast.published(road, Topic.WORKS, "路面", source=autumn, as_of="2024-09", known_on="2024-12-31")
    cast.published(plant, Topic.WORKS, "厂房", source=notice, as_of="2025-03-01", known_on="2025-03-01")
    projection.rebuild_all()
    with time_machine.travel(cast.AT):
        yield


def test_it_is_of_everything_or_of_what_the_headline_counts(told):
    assert last_report.of_projects(CLOCKS).last_known == "2025-03-01"
    assert last_report.of_projects(CLOCKS, counted_only=True).last_known == "2024-09/2024-12"


def test_on_a_past_day_it_is_the_newest_of_that_day(told):
    then = cast.TODAY.replace(year=2025, month=1, day=31)
    assert last_report.of_projects(Clocks(then, then, cast.TODAY)).last_known == "2024-09/2024-12"
    before = cast.TODAY.replace(year=2024, month=1, day=31)
    assert last_report.of_projects(Clocks(before, before, cast.TODAY)) is None


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/en/news/", "Last report: March 2025, 12 months ago."),
        ("/en/sources/", "Last report: March 2025, 12 months ago."),
        ("/en/places/", "Last report: September to December 2024, 14 months ago."),
        ("/en/projects/", "Last report: September to December 2024, 14 months ago."),
        ("/en/projects/?counted=all&sort=name", "Last report: March 2025, 12 months ago."),
        ("/en/places/park/", "Last report: September to December 2024, 14 months ago."),
        ("/places/", "最近一次消息：2024年9月至12月，14 个月前。"),
    ],
)
def test_pages_of_everything_say_how_old_that_is(client, told, path, words):
    assert words in read(client, path).one("p", "lede").text


@pytest.mark.parametrize("path", PATHS)
def test_looking_back_they_speak_of_that_day(client, told, path):
    then = read(client, path, asof="2025-01-31", known="2025-01-31")
    assert "Last report: September to December 2024, 31 days ago." in then.one("p", "lede").text


def test_a_list_says_the_age_of_all_that_fits_on_each_of_its_pages_and_in_each_order(
    client, told, monkeypatch
):
    monkeypatch.setattr(project_list, "PAGE_SIZE", 1)
    newest = read(client, "/en/projects/?counted=all")
    assert "Last report: March 2025" in newest.main
    assert "Last report: March 2025" in read(client, "/en/projects/" + newest.link("Next page")).main
    assert "Last report: March 2025" in read(client, "/en/projects/?counted=all&sort=news").main


@pytest.mark.parametrize("path", PATHS)
def test_of_nothing_there_is_no_age(client, db, path):
    assert "Last report" not in read(client, path).main
