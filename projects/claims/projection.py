"""The projection: one function rebuilds where a project stands from its claims, and nothing else does.

The rules are `core.rectangles` and `core.events`; the rows of today that follow from the standings are
`claims.current`, reading all of them `claims.standings`.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from projects.choices import SourceKind, Stage
from projects.claims import current, row_differences
from projects.core import events, today
from projects.core.money import Money
from projects.core.rectangles import Rectangle, rectangles
from projects.core.statements import Statement
from projects.models import Claim, Project, ProjectEvent, Standing
from projects.models.managers import in_batches, with_named
from projects.models.standing import digest_of, facts_as_json, joined

AMOUNTS = ("total_investment", "agreed_investment", "invested_to_date")
BATCH = 50  # projects that are rebuilt while writers wait
COMPARED = [field.attname for field in Standing._meta.concrete_fields if field.name != "id"]


def rebuild(project: Project) -> bool:
    """Write where the project stands anew; whether anything differed. Runs in the caller's transaction."""
    return bool(rebuild_batch([project]))


def _write_standings(projects: list[Project]) -> set[int]:
    """The rectangles, and what happened, which is read off them; gives those that differed."""
    made = _Made.of(projects)
    differed = row_differences.write(made.kept_events, made.events)
    anew = made.unlike
    if anew:
        Standing.objects.filter(project__in=anew).delete()
        Standing.objects.bulk_create([row for row in made.standings if row.project_id in anew])
    return differed | anew


def differs(project: Project) -> bool:
    """Whether the rows that are kept are others than those that its claims make."""
    made = _Made.of([project])
    differing = row_differences.unlike(made.kept_events, made.events)
    return bool(differing or made.unlike or current.differing([project.pk]))


@dataclass(frozen=True, slots=True)
class _Made:
    """What the claims of some projects make, beside what is kept; a read of each table."""

    standings: list[Standing]
    events: list[ProjectEvent]
    kept_standings: list[Standing]
    kept_events: list[ProjectEvent]

    @classmethod
    def of(cls, projects: list[Project]) -> "_Made":
        keys = [project.pk for project in projects]
        statements, documents = _public_statements(projects)
        kept_events = list(ProjectEvent.objects.filter(project__in=keys))
        kept = list(Standing.objects.filter(project__in=keys).order_by("asof_from", "known_from"))
        counted = {one.project_id for one in kept_events if one.is_counted}
        made = cls([], [], kept, kept_events)
        for project in projects:
            cut = rectangles(statements[project.pk])
            made.standings.extend(_fresh(project, cut, documents))
            made.events.extend(_events(project, statements[project.pk], cut, project.pk in counted))
        return made

    @property
    def unlike(self) -> set[int]:
        """The projects that stand otherwise than is kept."""
        was, now = _by_project(self.kept_standings), _by_project(self.standings)
        return {key for key in was.keys() | now.keys() if was.get(key) != now.get(key)}


def _by_project(rows: list[Standing]) -> dict[int, list[tuple]]:
    found: dict[int, list[tuple]] = defaultdict(list)
    for row in rows:
        found[row.project_id].append(tuple(getattr(row, name) for name in COMPARED))
    return found


def _fresh(project: Project, cut: list[Rectangle], documents: set[str]) -> list[Standing]:
    rows = [_row(project, rectangle, documents) for rectangle in cut]
    return sorted(rows, key=lambda row: (row.asof_from, row.known_from))


def _events(
    project: Project, statements: list[Statement], cut: list[Rectangle], is_counted: bool
) -> list[ProjectEvent]:
    """The rows of what happened; whether they are counted is set later, with the rows of today."""
    keys = {one.ref: one.entered for one in statements}
    return [
        ProjectEvent(
            project=project,
            what=one.what.value,
            day=one.day,
            known_on=one.known_on,
            known_until=one.known_until,
            milestone=one.milestone,
            claim_id=keys[one.ref],
            was_id=keys.get(one.was_ref),
            is_counted=is_counted,
            is_news=one.what in events.NEWS,
        )
        for one in events.events(statements, cut)
    ]


def batches() -> Iterator[list[Project]]:
    """All projects, in the order of their keys, a transaction's worth at a time."""
    return in_batches(Project.objects.all(), size=BATCH)


def rebuild_batch(projects: list[Project]) -> list[str]:
    """The codes of those whose rows differed from what their claims say."""
    differed = _write_standings(projects)
    differed |= current.refresh([project.pk for project in projects])
    return [project.code for project in projects if project.pk in differed]


def rebuild_all() -> list[str]:
    """In the caller's transaction: after loading, and in tests."""
    return [code for projects in batches() for code in rebuild_batch(projects)]


def _public_statements(projects: list[Project]) -> tuple[dict[int, list[Statement]], set[str]]:
    """By the key of their project; and the codes of those sources that are documents."""
    public = [project.pk for project in projects if project.is_public]
    claims = Claim.objects.approved().filter(project__in=public, source__is_public=True)
    found: dict[int, list[Statement]] = defaultdict(list)
    documents: set[str] = set()
    beside = ("source", "section", "corrects")
    # Of many projects: each source that their claims name is made once, for a few statements more.
    rows = claims.order_by("ref")
    for claim in with_named(rows, *beside) if len(public) > 1 else rows.select_related(*beside):
        found[claim.project_id].append(claim.statement())
        if claim.source.kind != SourceKind.REPORT:
            documents.add(claim.source.code)
    return found, documents


def _row(project: Project, rectangle: Rectangle, documents: set[str]) -> Standing:
    held = rectangle.standing
    said = {name: getattr(held, name) for name in AMOUNTS}
    return Standing(
        project=project,
        asof_from=rectangle.asof_from,
        asof_to=rectangle.asof_to,
        known_from=rectangle.known_from,
        known_to=rectangle.known_to,
        stage=held.stage or "",
        stage_order=Stage(held.stage).order if held.stage else None,
        stage_basis=held.stage_basis or "",
        stage_qualifier=held.stage_qualifier,
        stage_since=held.stage_since.text if held.stage_since else "",
        stage_last_said=held.stage_last_said.text if held.stage_last_said else "",
        stage_last_said_basis=held.stage_last_said_basis or "",
        stage_said_on=held.stage_last_said.latest if held.stage_last_said else None,
        stage_ref=held.stage_ref,
        is_partly_in_use=held.is_partly_in_use,
        condition=held.condition.value,
        total_qualifier=held.total_investment.qualifier if held.total_investment else "",
        is_total_stated=bool(held.total_investment and held.total_investment.is_stated),
        amounts={name: _amount(one) for name, one in said.items() if one},
        milestones=[facts_as_json(told) for told in held.milestones],
        is_dated=bool(held.milestones),
        due_on=today.earliest_due(held.milestones),
        sources=joined(held.sources),
        document_set=digest_of(code for code in held.sources if code in documents),
        last_known_on=held.last_known_on,
        last_known=held.last_known.text,
        **{name: one.value_as(Money).yuan if one else None for name, one in said.items()},
    )


def _amount(said: Statement) -> dict:
    money = said.value_as(Money)
    return {
        "ref": said.ref,
        "unit": money.unit,
        "decimals": money.decimals,
        "qualifier": said.qualifier,
        "method": said.series.method,
        "is_stated": said.is_stated,
    }
