"""The list of projects: rows as plain values, ready for a table or a card."""

from dataclasses import dataclass, field
from functools import reduce

from django.db.models import F, QuerySet

from projects.core.money import Money
from projects.models import Standing
from projects.search.rules.spelling import Label

# What a list may be sorted by; each ends in the project, so that pages do not overlap.
ORDERS = {
    "code": ("project__code",),
    "name": ("project__name",),
    "stage": ("stage_order", "project__code"),
    "total": ("total_investment", "project__code"),
    "news": ("last_known_on", "project__code"),
}
BEST_MATCH = "match"  # of a search (`search.results`), where no order was asked for
UNKNOWN_LAST = ("stage_order", "total_investment")
COLUMNS = (
    "project__code",
    "project__slug",
    "project__name",
    "project__name_en",
    "project__kind",
    "project__sector",
    "project__record_type",
    "project__place__name",
    "project__place__name_en",
    "stage",
    "stage_basis",
    "stage_qualifier",
    "is_partly_in_use",
    "condition",
    "total_investment",
    "agreed_investment",
    "amounts",
    "last_known",
)
LABELS = "project__search_labels"


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure as a page shows it: with its word, and the claim that it leads to."""

    money: Money
    qualifier: str
    ref: str
    is_stated: bool


@dataclass(frozen=True, slots=True)
class ProjectListRow:
    code: str
    slug: str
    name: str
    name_en: str
    kind: str
    sector: str
    record_type: str
    place: str
    place_en: str
    stage: str
    stage_basis: str
    stage_qualifier: str
    is_partly_in_use: bool
    condition: str
    total: Amount | None
    agreed: Amount | None
    last_known: str
    labels: list[Label] = field(default_factory=list)  # only of a search


def ordered(rows: QuerySet[Standing], sort: str) -> QuerySet[Standing]:
    """By a name of `ORDERS`, a leading minus turning it round; what is unknown comes last."""
    if sort == BEST_MATCH:
        return rows.order_by("rank", "project__code")
    first, *rest = ORDERS[sort.removeprefix("-")]
    key = F(first).desc if sort.startswith("-") else F(first).asc
    return rows.order_by(key(nulls_last=True) if first in UNKNOWN_LAST else key(), *rest)


def page(rows: QuerySet[Standing], number: int, size: int, with_labels: bool = False) -> list[ProjectListRow]:
    start = (number - 1) * size
    columns = (*COLUMNS, LABELS) if with_labels else COLUMNS
    return [_row(*values) for values in rows.values_list(*columns)[start : start + size]]


def row(standing: Standing) -> ProjectListRow:
    """Of a standing that was read whole: select its project and the place with it."""
    return _row(*(reduce(_attribute, column.split("__"), standing) for column in COLUMNS))


def _attribute(found: object, name: str) -> object:
    return getattr(found, name, None)


def _row(*values) -> ProjectListRow:
    *identity, total, agreed, amounts, last_known = values[: len(COLUMNS)]
    place, place_en = identity[7] or "", identity[8] or ""
    identity[7:9] = place, place_en
    return ProjectListRow(
        *identity,
        total=amount(total, amounts.get("total_investment")),
        agreed=amount(agreed, amounts.get("agreed_investment")),
        last_known=last_known,
        labels=[Label(*one) for found in values[len(COLUMNS) :] for one in found],
    )


def amount(yuan: int | None, said: dict | None) -> Amount | None:
    """From what a standing keeps of an amount."""
    if yuan is None or said is None:
        return None
    money = Money(yuan, said["unit"], said["decimals"])
    return Amount(money, said["qualifier"], said["ref"], said["is_stated"])
