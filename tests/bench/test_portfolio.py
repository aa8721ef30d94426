"""A made-up portfolio is what the named writes would make of the same claims, and says that it is made up."""

import pytest

from projects.claims import approval, projection, tallies
from projects.models import Claim, Current, Project, ProjectMilestone, Standing
from projects.search import index
from tests.bench.names import MARK
from tests.bench.portfolio import AT, Builder, build, differing, said_of
from tests.cast import Cast, cast

SIZE = 12
OWN = {"id", "project_id", "ref", "entered_by_id", "entered_at", "approved_by_id", "approved_at"}
OWN |= {"number", "code", "slug", "name", "name_en", "place_id", "kind", "known_on"}


@pytest.fixture
def built(db, settings) -> list[Project]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    build(SIZE)
    return list(Project.objects.order_by("code"))


def test_it_is_what_the_rebuild_makes_of_it(built):
    assert len(built) == SIZE == Current.objects.count()
    assert not differing(SIZE)
    assert tallies.kept() == tallies.counted()
    assert not index.index_all()
    assert all(MARK in one.name and "Made-up" in one.name_en for one in built), "and says that it is made up"


def test_control_a_row_that_was_written_otherwise_is_found(built):
    Standing.objects.filter(project=built[3]).update(stage="signed", condition="cancelled")
    assert differing(SIZE) == [built[3].code]


def test_the_same_number_is_the_same_project():
    assert said_of(7) == said_of(7) != said_of(8)


def test_the_named_writes_make_the_same(built):
    """One of them once more, entered and approved claim by claim."""
    people, builder, number = cast(), Builder(), 4
    again = builder.project(SIZE + 1)
    again.save()
    for said in said_of(number):
        _enter(builder.draft(again, said), people)
    in_bulk = Project.objects.get(slug=f"bench-{number}")
    corner = ("asof_from", "known_from")
    for model, *order in ((Claim, "pk"), (Standing, *corner), (ProjectMilestone, "position", *corner)):
        made = [_values(row, in_bulk) for row in model.objects.filter(project=in_bulk).order_by(*order)]
        assert made == [_values(row, again) for row in model.objects.filter(project=again).order_by(*order)]
        assert made
    projection.rebuild(again)


def _enter(draft: Claim, people: Cast) -> None:
    entered = approval.enter(draft, by=people.editor, at=AT)
    approval.approve(entered, by=people.second_editor, at=AT)


def _values(row, of: Project) -> dict:
    """Without what is each one's own; refs as their place in the project."""
    refs = {ref: f"#{n}" for n, ref in enumerate(of.claims.order_by("pk").values_list("ref", flat=True))}
    values = {
        one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields if one.attname not in OWN
    }
    text = repr(sorted(values.items(), key=lambda pair: pair[0]))
    for ref in sorted(refs, key=len, reverse=True):
        text = text.replace(repr(ref), refs[ref])
    return text
