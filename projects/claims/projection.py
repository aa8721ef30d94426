"""The projection: one function rebuilds where a project stands from its claims, and nothing else does.

The rules are `core.rectangles` and `core.events`; the rows of today that follow from the standings are
`claims.current`, reading all of them `claims.standings`.
"""

from collections.abc import Iterator

from projects.choices import Stage
from projects.claims import current, row_differences
from projects.core import events
from projects.core.money import Money
from projects.core.rectangles import Rectangle, rectangles
from projects.core.statements import Statement
from projects.models import Claim, Project, ProjectEvent, Standing
from projects.models.managers import in_batches
from projects.models.standing import facts_as_json, joined

AMOUNTS = ("total_investment", "agreed_investment", "invested_to_date")
BATCH = 50  # projects that are rebuilt while writers wait
COMPARED = [field.attname for field in Standing._meta.concrete_fields if field.name != "id"]


def rebuild(project: Project) -> bool:
    """Write where the project stands anew; whether anything differed. Runs in the caller's transaction."""
    return bool(_write_standings(project) | bool(current.refresh([project.pk])))


def _write_standings(project: Project) -> bool:
    """The rectangles, and what happened, which is read off them."""
    statements = _public_statements(project)
    cut = rectangles(statements)
    kept = list(project.events.all())
    differed = bool(row_differences.write(kept, _events(project, statements, cut, kept)))
    fresh = _fresh(project, cut)
    if _is_kept(project, fresh):
        return differed
    Standing.objects.filter(project=project).delete()
    Standing.objects.bulk_create(fresh)
    return True


def differs(project: Project) -> bool:
    """Whether the rows that are kept are others than those that its claims make."""
    statements = _public_statements(project)
    cut, kept = rectangles(statements), list(project.events.all())
    differing = row_differences.unlike(kept, _events(project, statements, cut, kept))
    return bool(differing or not _is_kept(project, _fresh(project, cut)) or current.differing([project.pk]))


def _fresh(project: Project, cut: list[Rectangle]) -> list[Standing]:
    rows = [_row(project, rectangle) for rectangle in cut]
    return sorted(rows, key=lambda row: (row.asof_from, row.known_from))


def _events(
    project: Project, statements: list[Statement], cut: list[Rectangle], kept: list[ProjectEvent]
) -> list[ProjectEvent]:
    """Whether they are counted is looked to with the rows of today."""
    keys = {one.ref: one.entered for one in statements}
    is_counted = any(one.is_counted for one in kept)
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


def _is_kept(project: Project, fresh: list[Standing]) -> bool:
    kept = Standing.objects.filter(project=project).order_by("asof_from", "known_from")
    return [_compared(row) for row in kept] == [_compared(row) for row in fresh]


def batches() -> Iterator[list[Project]]:
    """All projects, in the order of their keys, a transaction's worth at a time."""
    return in_batches(Project.objects.all(), size=BATCH)


def rebuild_batch(projects: list[Project]) -> list[str]:
    """The codes of those whose rows differed from what their claims say."""
    differed = {project.pk for project in projects if _write_standings(project)}
    differed |= current.refresh([project.pk for project in projects])
    return [project.code for project in projects if project.pk in differed]


def rebuild_all() -> list[str]:
    """In the caller's transaction: after loading, and in tests."""
    return [code for projects in batches() for code in rebuild_batch(projects)]


def _public_statements(project: Project) -> list[Statement]:
    if not project.is_public:
        return []
    claims = Claim.objects.approved().filter(project=project, source__is_public=True)
    return claims.order_by("ref").as_statements()


def _row(project: Project, rectangle: Rectangle) -> Standing:
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
        stage_said_on=held.stage_last_said.latest if held.stage_last_said else None,
        stage_ref=held.stage_ref,
        is_partly_in_use=held.is_partly_in_use,
        condition=held.condition.value,
        amounts={name: _amount(one) for name, one in said.items() if one},
        milestones=[facts_as_json(told) for told in held.milestones],
        sources=joined(held.sources),
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


def _compared(row: Standing) -> tuple:
    return tuple(getattr(row, name) for name in COMPARED)
