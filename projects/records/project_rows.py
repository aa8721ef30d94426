"""The list of projects: rows as plain values, ready for a table or a card."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache, reduce

from django.db.models import F, FilteredRelation, QuerySet, TextField
from django.db.models.functions import Cast

from projects.claims import standings
from projects.core.money import Money
from projects.models import Current, Standing
from projects.models.prepared import Prepared
from projects.pages.keyset import Segment
from projects.search.results import Hits
from projects.search.rules.spelling import Label

# What a list may be sorted by; each ends in the number of the record, so that pages do not overlap.
ORDERS = {
    "code": ("number",),
    "name": ("name", "number"),
    "stage": ("stage_order", "number"),
    "total": ("total_investment", "number"),
    "news": ("last_known_on", "number"),
}
BEST_MATCH = "match"  # of a search (`search.results`), where no order was asked for
UNKNOWN_LAST = ("stage_order", "total_investment")
PLACE = ("code", "name", "name_en")
COLUMNS = (
    *("code", "slug", "name", "name_en", "kind", "sector", "record_type"),
    *(f"place_{name}" for name in PLACE),
    *("stage", "stage_basis", "stage_qualifier", "stage_last_said", "stage_last_said_basis"),
    *("is_partly_in_use", "condition"),
    *("total_investment", "agreed_investment", "last_known"),
)
AMOUNTS = "amounts_text"  # of rows that are `readable`: the same text is the same row
LABELS = "labels_text"  # of rows that are `explained`
MAX_ROWS = 5_000  # that are remembered


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
    place_code: str
    place: str
    place_en: str
    stage: str
    stage_basis: str
    stage_qualifier: str
    stage_last_said: str
    stage_last_said_basis: str
    is_partly_in_use: bool
    condition: str
    total: Amount | None
    agreed: Amount | None
    last_known: str
    labels: tuple[Label, ...] = ()  # only of a search


@dataclass(frozen=True, slots=True)
class BestMatch(Segment):
    """What a search alone has found: its order is at hand, so that only the rows of a page are read."""

    hits: Hits = field(kw_only=True)

    def parts(self, key: tuple | None, most: int) -> list[Segment]:
        some = self.hits.beyond(key, most, is_back=self.order[0].startswith("-"))
        rows = replace(self.rows, values=self.rows.values | some.keys)
        return [Segment(rows, self.order)] * bool(some.best)


def segments(rows: Prepared, sort: str, *, hits: Hits | None = None, is_past: bool = False) -> list[Segment]:
    """By a name of `ORDERS`, a leading minus turning it round; what is unknown comes last."""
    if sort == BEST_MATCH:
        order = ("rank", "number")
        return [BestMatch(rows, order, hits=hits) if hits else Segment(rows, order)]
    minus = "-" if sort.startswith("-") else ""
    columns = ORDERS[sort.removeprefix("-")]
    order = tuple(f"{minus}{column}" for column in columns)
    whole = _rectangles if is_past else None
    if columns[0] not in UNKNOWN_LAST:
        return [Segment(rows, order, whole)]
    # A range of the index: SQLite would walk past all that are unknown.
    known, unknown = (f"{columns[0]}__gte", 0), (f"{columns[0]}__isnull", True)
    return [
        Segment(rows.then(_filtered, *known), order, whole),
        Segment(rows.then(_filtered, *unknown), ("number",), whole),
    ]


def _filtered(rows: QuerySet, lookup: str, value: object) -> QuerySet:
    return rows.filter(**{lookup: value})


def readable(rows: QuerySet) -> QuerySet:
    """With their place, and what was said as the text that the database keeps."""
    # A join of its own: narrowed to a place, SQLite would begin with that of the filter.
    its_place = FilteredRelation("place" if rows.model is Current else "project__place")
    place = {f"place_{name}": F(f"its_place__{name}") for name in PLACE}
    return rows.annotate(its_place=its_place, **place, amounts_text=Cast("amounts", TextField()))


def explained(rows: QuerySet) -> QuerySet:
    """With all that a search may have found them by."""
    return readable(rows).annotate(labels_text=Cast("project__search_text__labels", TextField()))


def _rectangles() -> QuerySet[Standing]:
    return explained(standings.every_rectangle())


@lru_cache(MAX_ROWS)
def from_values(*values) -> ProjectListRow:
    """Of a row's `COLUMNS` and `AMOUNTS`, and of its `LABELS` where it was searched."""
    identity, (amounts, *labels) = values[: len(COLUMNS)], values[len(COLUMNS) :]
    found = [Label(*one) for text in labels for one in json.loads(text)]
    return _row(identity, json.loads(amounts), tuple(found))


def row(standing: Standing) -> ProjectListRow:
    """Of a standing that was read whole, with the columns of today: select its project and place with it."""
    paths = (column.replace("place_", "project__place__") for column in COLUMNS)
    return _row([reduce(_attribute, path.split("__"), standing) for path in paths], standing.amounts)


def _attribute(found: object, name: str) -> object:
    return getattr(found, name, None)


def _row(values: Iterable, amounts: dict, labels: tuple[Label, ...] = ()) -> ProjectListRow:
    *identity, total, agreed, last_known = values
    identity[7:10] = [text or "" for text in identity[7:10]]
    return ProjectListRow(
        *identity,
        total=amount(total, amounts.get("total_investment")),
        agreed=amount(agreed, amounts.get("agreed_investment")),
        last_known=last_known,
        labels=labels,
    )


def amount(yuan: int | None, said: dict | None) -> Amount | None:
    """From what a standing keeps of an amount."""
    if yuan is None or said is None:
        return None
    money = Money(yuan, said["unit"], said["decimals"])
    return Amount(money, said["qualifier"], said["ref"], said["is_stated"])
