"""Many public projects at once, each with the standing of today; written past the actions, for speed."""

from collections.abc import Callable, Sequence
from datetime import date

from django.db import connection

from projects.choices import Condition, Kind, RecordType, Stage
from projects.claims import current
from projects.core.rectangles import FOREVER
from projects.core.today import earliest_due
from projects.models import Project, ProjectEvent, SearchPair, SearchText, Standing
from projects.models.standing import facts_from_json
from projects.search.rules.pieces import pieces_of
from projects.search.rules.spelling import NAME, Label
from tests import cast
from tracker.connections import tell_planner

KINDS, STAGES = list(Kind), list(Stage)
SINCE = date(2024, 10, 17)


def crowd(count: int, first: int = 1, milestones: Callable[[int], list] = lambda number: []) -> None:
    """Evenly over kinds and stages; every third has an amount, every tenth is part of another."""
    place, said_in = cast.place(), cast.source()
    numbers = range(first, first + count)
    wholes = Project.objects.bulk_create(_project(number, place) for number in numbers if number % 10)
    parts = [_project(number, place) for number in numbers if not number % 10]
    for part, whole in zip(parts, wholes, strict=False):
        part.parent = whole
    projects = [*wholes, *Project.objects.bulk_create(parts)]
    rows = [_standing(one, number, said_in.code) for number, one in enumerate(projects)]
    for number, row in enumerate(rows):
        row.milestones = milestones(number)
        row.is_dated, row.due_on = bool(row.milestones), earliest_due(map(facts_from_json, row.milestones))
    Standing.objects.bulk_create(rows)
    current.refresh([one.pk for one in projects])
    SearchText.objects.bulk_create(
        SearchText(project=one, text=one.name, name=f"\n{one.name}\n") for one in projects
    )
    SearchPair.objects.bulk_create(
        SearchPair(project_id=one.pk, pair=pair)
        for one in projects
        for pair in pieces_of([Label(NAME, one.name)])
    )


def analyze() -> None:
    """As the server does by itself after loading: a planner holds for empty what tests have emptied.

    However long it takes, where the machine has much else to do.
    """
    if connection.vendor == "postgresql":
        tell_planner()
    else:
        connection.cursor().execute("ANALYZE")


def events(of: Sequence[int], count: int, **fields) -> None:
    """So many alike, of these projects in turn; past the ORM, which takes a second for twenty thousand."""
    one, table = ProjectEvent(**fields), ProjectEvent._meta
    told = {
        field.column: field.get_db_prep_save(getattr(one, field.attname), connection)
        for field in table.concrete_fields
        if not field.primary_key
    }
    rows = (told | {"project_id": of[number % len(of)]} for number in range(count))
    places = ", ".join(["%s"] * len(told))
    sql = f"INSERT INTO {table.db_table} ({', '.join(told)}) VALUES ({places})"  # noqa: S608 (our own)
    with connection.cursor() as cursor:
        cursor.executemany(sql, [list(row.values()) for row in rows])


def _project(number: int, place) -> Project:
    return Project(
        code=f"QJ-{number:04}",
        slug=f"crowd-{number}",
        name=f"项目{number:04}号",
        name_en=f"Project number {number:04}",
        kind=KINDS[number % len(KINDS)],
        record_type=RecordType.PROJECT,
        place=place if number % 2 else None,
    )


def _standing(of: Project, number: int, source: str) -> Standing:
    stage = STAGES[number % len(STAGES)]
    yuan = None if number % 3 else number * 10**6
    said = {"ref": f"x{number}", "unit": "wan", "decimals": 0, "qualifier": "", "is_stated": True}
    return Standing(
        project=of,
        asof_from=SINCE,
        asof_to=FOREVER,
        known_from=SINCE,
        known_to=FOREVER,
        stage=stage.value,
        stage_order=stage.order,
        stage_basis="stated",
        stage_last_said=SINCE.isoformat(),
        stage_last_said_basis="stated",
        stage_said_on=SINCE,
        condition=Condition.ACTIVE,
        total_investment=yuan,
        amounts={} if yuan is None else {"total_investment": said},
        milestones=[],
        sources=f" {source} ",
        last_known_on=SINCE,
        last_known=SINCE.isoformat(),
    )
