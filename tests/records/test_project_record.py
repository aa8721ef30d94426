"""What a page makes of a project is remembered as long as its row, its claims and standing say the same."""

import pytest
from django.utils import translation

from projects.choices import Condition, Topic
from projects.core.clocks import Clocks
from projects.records import one_project, project_record
from projects.words.language import either
from tests import cast
from tests.cast import TODAY
from tests.public.portfolio import settle

pytestmark = pytest.mark.django_db
NOW = Clocks(TODAY, TODAY, TODAY)


def read(slug: str) -> project_record.Record:
    return project_record.record(one_project.find(slug, NOW), NOW)


@pytest.fixture
def project():
    of = cast.project("示范工厂")
    cast.published(of)
    settle()
    return of


def told(record: project_record.Record, more: str = "") -> tuple:
    """An object of its own for each making."""
    return (
        record.project.name,
        record.standing.condition,
        len(record.known),
        either("中", "en"),
        more,
        object(),
    )


def test_it_is_made_once(project):
    assert read(project.slug).once(told) is read(project.slug).once(told)


def test_and_anew_for_what_else_it_is_given_and_in_another_language(project):
    first = read(project.slug).once(told)
    assert read(project.slug).once(told, "more")[4] == "more"
    with translation.override("en"):
        assert read(project.slug).once(told)[3] == "en"
    assert read(project.slug).once(told) is first


def test_it_is_made_anew_when_the_row_or_a_claim_says_otherwise(project):
    said = [read(project.slug).once(told)[:3]]
    project.name = "示范工厂二期"
    project.save()
    said.append(read(project.slug).once(told)[:3])
    cast.published(project, Topic.CONDITION, Condition.PAUSED.value)
    settle()
    said.append(read(project.slug).once(told)[:3])
    assert said == [
        ("示范工厂", "active", 1),
        ("示范工厂二期", "active", 1),
        ("示范工厂二期", "paused", 2),
    ]


def test_a_project_keeps_so_many(project):
    record = read(project.slug)
    for number in range(3 * project_record.MAX_MADE):
        record.once(told, str(number))
    assert len(record.project.made) <= project_record.MAX_MADE


def test_what_is_found_without_a_day_remembers_nothing(project):
    record = project_record.record(one_project.find(project.slug), NOW)
    assert record.once(told) is not record.once(told)
