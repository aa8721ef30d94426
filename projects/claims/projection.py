"""The projection: one function rebuilds where a project stands from its claims, and nothing else does.

The rule is `core.rectangles`; reading the rows is `claims.standings`.
"""

from projects.choices import Stage
from projects.core.money import Money
from projects.core.rectangles import Rectangle, rectangles
from projects.core.statements import Statement
from projects.models import Claim, Project, Standing
from projects.models.standing import facts_as_json, joined

AMOUNTS = ("total_investment", "agreed_investment", "invested_to_date")
COMPARED = [field.attname for field in Standing._meta.concrete_fields if field.name != "id"]


def rebuild(project: Project) -> bool:
    """Write the project's standing anew; whether anything differed. Runs in the caller's transaction."""
    fresh = _fresh(project)
    if _is_kept(project, fresh):
        return False
    Standing.objects.filter(project=project).delete()
    Standing.objects.bulk_create(fresh)
    return True


def differs(project: Project) -> bool:
    """Whether the standing that is kept is another than the one its claims make."""
    return not _is_kept(project, _fresh(project))


def _fresh(project: Project) -> list[Standing]:
    rows = [_row(project, rectangle) for rectangle in rectangles(_public_statements(project))]
    return sorted(rows, key=lambda row: (row.asof_from, row.known_from))


def _is_kept(project: Project, fresh: list[Standing]) -> bool:
    kept = Standing.objects.filter(project=project).order_by("asof_from", "known_from")
    return [_compared(row) for row in kept] == [_compared(row) for row in fresh]


def rebuild_all() -> list[str]:
    """The codes of the projects whose standing differed from what their claims say."""
    return [project.code for project in Project.objects.order_by("code") if rebuild(project)]


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
        stage_ref=held.stage_ref,
        is_partly_in_use=held.is_partly_in_use,
        condition=held.condition.value,
        amounts={name: _amount(one) for name, one in said.items() if one},
        milestones=[facts_as_json(told) for told in held.milestones],
        sources=joined(held.sources),
        last_known_on=held.last_known_on,
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
