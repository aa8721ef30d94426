"""A made-up portfolio is what the named writes would make of the same claims, and says that it is made up."""

import pytest

from projects.claims import approval, projection, tallies
from projects.models import Claim, Current, Project, ProjectEvent, ProjectMilestone, Standing
from projects.search import index
from tests.bench import copies, portfolio
from tests.bench.names import MARK, MOSTLY, OFTEN, RARE, name_of
from tests.bench.portfolio import AT, Builder, build, differing, said_of
from tests.cast import Cast, cast

SHAPES, SIZE = 5, 13  # two that are like each of the first, of the last two one
OWN = {"id", "project_id", "ref", "entered_by_id", "entered_at", "approved_by_id", "approved_at"}
OWN |= {"number", "code", "slug", "name", "name_en", "place_id", "kind", "known_on"}
CORNER = ("asof_from", "known_from")
TABLES = (
    (Claim, "pk"),
    (Standing, *CORNER),
    (ProjectMilestone, "position", *CORNER),
    (ProjectEvent, "day", "what", "milestone"),
)


@pytest.fixture
def built(db, settings) -> list[Project]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    build(SIZE, shapes=SHAPES)
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


@pytest.mark.parametrize("broken", ["milestones", "claim_id"])
def test_control_what_is_copied_with_the_claims_of_another_is_found(db, monkeypatch, broken):
    for name in ("WITH_REFS", "CLAIMS"):
        monkeypatch.setattr(copies, name, getattr(copies, name) - {broken})
    with pytest.raises(AssertionError, match="QJ-0006, QJ-0007"):
        build(SIZE, shapes=SHAPES)


def test_names_have_what_is_searched_as_often_as_promised_and_whatever_else_is_said_of_them():
    numbers = range(1, 10_001)
    found = [[n for n in numbers if word in name_of(n)] for word in (RARE, OFTEN, MOSTLY)]
    assert [len(of_word) for of_word in found] == [10, 250, 6_000]
    assert len({n % portfolio.SHAPES for n in found[0]}) == 10


def test_the_same_number_is_the_same_project():
    assert said_of(7) == said_of(7) != said_of(8)


def test_the_named_writes_make_the_same(built):
    """One of the first and one that is like it, once more, entered and approved claim by claim."""
    people, builder, number = cast(), Builder(SHAPES), 4
    again = builder.project(SIZE + 1)
    again.save()
    for said in said_of(number):
        _enter(builder.draft(again, said), people)
    for one in (number, number + SHAPES):
        in_bulk = Project.objects.get(slug=f"bench-{one}")
        for model, *order in TABLES:
            made = [_values(row, in_bulk) for row in model.objects.filter(project=in_bulk).order_by(*order)]
            rows = model.objects.filter(project=again).order_by(*order)
            assert made == [_values(row, again) for row in rows]
            assert made
    assert not projection.rebuild(again)


def _enter(draft: Claim, people: Cast) -> None:
    entered = approval.enter(draft, by=people.editor, at=AT)
    approval.approve(entered, by=people.second_editor, at=AT)


def _values(row, of: Project) -> dict:
    """Without what is each one's own; claims and their refs as their place in the project."""
    claims = list(of.claims.order_by("pk").values_list("pk", "ref"))
    refs = {ref: f"#{n}" for n, (_, ref) in enumerate(claims)}
    values = {
        one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields if one.attname not in OWN
    }
    for name in values.keys() & copies.CLAIMS:
        values[name] = values[name] and refs[dict(claims)[values[name]]]
    text = repr(sorted(values.items(), key=lambda pair: pair[0]))
    for ref in sorted(refs, key=len, reverse=True):
        text = text.replace(repr(ref), refs[ref])
    return text
