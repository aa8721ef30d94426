"""Made-up portfolios of any size, the same each time: every name and title says that it is made up.

What a project is follows from its number alone. Rows are written in bulk, past the actions: where the first
`SHAPES` stand is cut by the projection's own functions, and those after them are like these but for their
names (`tests.bench.copies`). A sample is compared with what the rebuild makes of it.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth.models import Group

from projects.audit.data_version import publishing
from projects.choices import Kind, Milestone, PlaceKind, RecordType, Role, SourceKind, Stage, Topic
from projects.claims import current, projection, row_differences
from projects.core import rectangles
from projects.core.fuzzy_dates import Fuzzy, parse
from projects.core.money import Money
from projects.core.statements import Value
from projects.models import Claim, Department, Place, Project, ProjectEvent, Source, Standing, User
from projects.records import addresses
from projects.search import index
from tests.bench import copies
from tests.bench.names import MARK, PASSWORD, name_of

AT = datetime(2024, 1, 2, tzinfo=UTC)
BATCH = 500
SHAPES = 1201  # a prime number, so that what a name says (1 in 1,000, 1 in 40) falls on all of them
OF_THE_UNIT = 150  # projects that a unit leads, the first ones
SAMPLE = 20  # projects of a portfolio whose rows are made anew and compared
MILESTONES = (
    Milestone.SIGNED,
    Milestone.APPROVED,
    Milestone.STARTED,
    Milestone.COMPLETED,
    Milestone.OPERATING,
)
KINDS, STAGES = list(Kind), [Stage.PLANNED, Stage.SIGNED, Stage.BUILDING, Stage.COMPLETED, Stage.OPERATING]


@dataclass(frozen=True)
class Said:
    """One claim of a project."""

    topic: Topic
    value: Value
    as_of: str
    measure: str = ""
    source: int = 0


def said_of(number: int) -> list[Said]:
    """A stage, a sum for two in three, and five milestones, some of them moved or reached."""
    dice = random.Random(number)
    year = 2018 + dice.randrange(5)
    said = [Said(Topic.STAGE, STAGES[number % 5].value, f"{year}-03", source=0)]
    if number % 3:
        said.append(
            Said(Topic.TOTAL_INVESTMENT, Money(dice.randrange(1, 9_000) * 10**6, "yi", 2), f"{year}-03")
        )
    for position, milestone in enumerate(MILESTONES):
        due = year + position
        said.append(Said(Topic.PROMISED, parse(f"{due}-06"), f"{year}-03", milestone.value))
        if position > number % 5 and dice.random() < 0.4:
            moved = parse(f"{due + 1}-09")
            said.append(Said(Topic.PROMISED, moved, "2023-02", milestone.value, source=1))
        elif position <= number % 5 and due < 2023:
            said.append(Said(Topic.ACTUAL, parse(f"{due}-05"), f"{due}-05", milestone.value, source=1))
    return said


def columns(value: Value) -> dict:
    match value:
        case Money(yuan, unit, decimals):
            return {"value_yuan": yuan, "unit": unit, "decimals": decimals}
        case Fuzzy(text, earliest, latest):
            return {
                "value_date": text,
                "value_date_earliest": earliest,
                "value_date_latest": latest,
            }
    return {"value_code": value}


def unit() -> Department:
    fields = {"name": f"单位{MARK}", "name_en": "Made-up unit"}
    return Department.objects.get_or_create(code="bench", defaults=fields)[0]


class Builder:
    """Writes projects by their numbers."""

    def __init__(self, shapes: int = SHAPES):
        self.shapes, self.first_key, self.claims = shapes, 0, 0
        self.unit = unit()
        self.places = [self._place(number) for number in range(12)]
        self.sources = [
            self._source("paper", SourceKind.NEWSPAPER, "2023-01-10"),
            self._source("notice", SourceKind.NOTICE, "2023-06-01"),
        ]

    def _place(self, number: int) -> Place:
        fields = {"name": f"园区{number}{MARK}", "name_en": f"Made-up park {number}", "kind": PlaceKind.PARK}
        return Place.objects.get_or_create(code=f"bench-{number}", defaults=fields)[0]

    def _source(self, code: str, kind: SourceKind, published: str) -> Source:
        fields = {
            "kind": kind,
            "title": f"文件{code}{MARK}",
            "title_en": f"Made-up {code}",
            "published": published,
        }
        return Source.objects.get_or_create(code=f"bench-{code}", defaults=fields)[0]

    def project(self, number: int, **fields) -> Project:
        shape = self.shape(number)
        return Project(
            **fields,
            code=f"QJ-{number:04}",
            slug=f"bench-{number}",
            name=name_of(number),
            name_en=f"Made-up project {number}",
            kind=KINDS[shape % len(KINDS)],
            record_type=RecordType.PROJECT,
            department=self.unit if number <= OF_THE_UNIT else None,
            place=self.places[shape % len(self.places)] if shape % 7 else None,
        )

    def shape(self, number: int) -> int:
        """The first project of which what is said is said of this one, too."""
        return (number - 1) % self.shapes + 1

    def draft(self, of: Project, said: Said) -> Claim:
        as_of = parse(said.as_of)
        source = self.sources[said.source]
        return Claim(
            project=of,
            topic=said.topic,
            measure=said.measure,
            source=source,
            as_of=said.as_of,
            as_of_earliest=as_of.earliest,
            as_of_latest=as_of.latest,
            known_on=source.published_latest,
            **columns(said.value),
        )

    def write(self, numbers: range) -> None:
        """Some of the first, in the caller's transaction."""
        projects = Project.objects.bulk_create([self.project(number) for number in numbers])
        claims = [
            claim for number, of in zip(numbers, projects, strict=True) for claim in self._claims(number, of)
        ]
        Claim.objects.bulk_create(claims, batch_size=BATCH)
        self.first_key, self.claims = self.first_key or projects[0].pk, self.claims + len(claims)
        standings: list[Standing] = []
        events: list[ProjectEvent] = []
        documents = {source.code for source in self.sources}
        by_project: dict[int, list] = {}
        for claim in claims:
            by_project.setdefault(claim.project_id, []).append(claim.statement())
        for of in projects:
            said = sorted(by_project[of.pk], key=lambda one: one.ref)
            cut = rectangles.rectangles(said)
            standings += projection._fresh(of, cut, documents)
            events += projection._events(of, said, cut, is_counted=False)
        Standing.objects.bulk_create(standings, batch_size=BATCH)
        row_differences.write([], events)
        current.refresh([of.pk for of in projects])

    def _claims(self, number: int, of: Project) -> Iterator[Claim]:
        for position, said in enumerate(said_of(number)):
            claim = self.draft(of, said)
            claim.ref = f"bench-{number}-{position}"
            claim.entered_at = claim.approved_at = AT
            yield claim

    def repeat(self, numbers: range) -> None:
        """Some after the first, in the caller's transaction: like these from the first on."""
        by, keys = numbers.start - 1, range(self.first_key, self.first_key + len(numbers))
        Project.objects.bulk_create(
            self.project(number, pk=key + by) for number, key in zip(numbers, keys, strict=True)
        )
        copies.copy(keys, by, self.claims * (by // self.shapes))


def build(size: int, say: Callable[[str], object] = lambda text: None, shapes: int = SHAPES) -> None:
    """A portfolio in an empty database, people with it; compared on a sample."""
    _people()
    with publishing(AT):
        builder = Builder(shapes)
    for first in range(1, min(shapes, size) + 1, BATCH):
        with publishing(AT):
            builder.write(range(first, min(first + BATCH, shapes + 1, size + 1)))
    for first in range(shapes + 1, size + 1, shapes):
        with publishing(AT):
            builder.repeat(range(first, min(first + shapes, size + 1)))
        if (first - 1) // shapes % 20 == 0:
            say(f"{first - 1:,} of {size:,} written")
    with publishing(AT):
        copies.tally(builder.first_key, shapes, size)
        copies.give_no_key_twice()
        addresses.keep_codes()
    for batch in index._batches(Project.objects.all()):
        with publishing(AT):
            copies.index_batch(batch)
    if faults := differing(size):
        raise AssertionError(f"written in bulk, and otherwise than the rebuild would: {', '.join(faults)}")


def _people() -> None:
    for name, role in (
        ("bench-reporter", Role.REPORTER),
        ("bench-reviewer", Role.REVIEWER),
        ("bench-editor", Role.EDITOR),
    ):
        User.objects.create_user(name, password=PASSWORD, department=unit()).groups.add(
            Group.objects.get(name=role.value)
        )
    User.objects.create_superuser("bench-root", password=PASSWORD)


def differing(size: int) -> list[str]:
    """Those of a sample whose rows are others than the rebuild makes of their claims and names."""
    sample = Project.objects.filter(
        code__in=[f"QJ-{n:04}" for n in range(1, size + 1, max(size // SAMPLE, 1))]
    )
    return [one.code for one in sample if projection.differs(one)] + index.differing(sample)
