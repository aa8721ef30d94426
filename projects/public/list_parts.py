"""The parts of the record that the list shows one at a time, and what it shows where none is asked for.

The links to them, and those of the columns that sort it, are properties, made only when the template writes
them. What was written is remembered by `told`: all that the links follow from.
"""

from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from projects.choices import COUNTED_TYPES, Condition, RecordType
from projects.records.filters import EVERYTHING

# The parts of the record: their words, the types, and which of them the headline counts.
PARTS = (
    (_("Investment projects"), [], "1"),
    (_("Plans"), [RecordType.PROGRAMME], ""),
    (_("What stands already"), [RecordType.EXISTING_PLANT, RecordType.EXISTING_INFRASTRUCTURE], ""),
    (_("Titles and bids"), [RecordType.BID], ""),
    (_("Everything"), [], EVERYTHING),
)
# The columns: their words, the order by which each sorts, whether it holds numbers.
COLUMNS = (
    (_("Name"), "name", False),
    (_("Stage"), "stage", False),
    (_("Total investment"), "total", True),
    (_("Kind"), "", False),
    (_("Latest report"), "news", True),
)


@dataclass(frozen=True, slots=True)
class ListPart:
    """A part of the record, and the question that shows it."""

    words: str
    query: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class ListColumn:
    """The head of a column, and the question that sorts by it, turned round where it is sorted by already."""

    words: str
    query: str
    is_number: bool
    direction: str


@dataclass(frozen=True)
class ListLinks:
    """The links of the list, made from its question.

    `clean` is the question as links carry it, `answered` the one that is answered; `carried` travels in every
    link, `kept` is the same with the order.
    """

    clean: QueryDict
    answered: QueryDict
    sort: str
    kept: dict[str, str]
    carried: dict[str, str]

    @cached_property
    def told(self) -> tuple:
        travels = (*self.kept.items(), None, *self.carried.items())
        return self.clean.urlencode(), self.answered.urlencode(), self.sort, travels

    @property
    def parts(self) -> list[ListPart]:
        return switch(self.clean, self.answered, self.kept)

    @property
    def columns(self) -> list[ListColumn]:
        return [
            ListColumn(words, self._sorted(order), is_number, self._direction(order))
            for words, order, is_number in COLUMNS
        ]

    def _sorted(self, order: str) -> str:
        if not order:
            return ""
        turned = f"-{order}" if self.sort == order else order
        return urlencode(dict(self.clean.lists()) | self.carried | {"sort": turned}, doseq=True)

    def _direction(self, order: str) -> str:
        return {order: "ascending", f"-{order}": "descending"}.get(self.sort, "")


def without_usual(clean: QueryDict) -> tuple[QueryDict, bool]:
    """The question as links carry it, and whether it leaves what is usual here: what the headline counts.

    That is this page's alone, and only where nothing is searched and nothing is asked for that stands apart.
    """
    apart = set(clean.getlist("record_type")) - COUNTED_TYPES
    has_more = apart or "q" in clean or Condition.CANCELLED in clean.getlist("condition")
    is_usual = not has_more and clean.get("counted", "1") == "1"
    if "counted" in clean and (is_usual or clean["counted"] == EVERYTHING and has_more):
        clean = clean.copy()
        clean.pop("counted", None)
    return clean, is_usual


def heard(clean: QueryDict, is_usual: bool) -> QueryDict:
    """The question that is answered."""
    heard = clean.copy()
    if is_usual:
        heard["counted"] = "1"
    elif heard.get("counted") == EVERYTHING:
        del heard["counted"]
    return heard


def switch(clean: QueryDict, answered: QueryDict, kept: dict) -> list[ListPart]:
    """The parts of the record beside each other; each keeps the rest of the question."""
    types, has_counted = set(answered.getlist("record_type")), "counted" in answered
    parts = []
    for words, of_types, counted in PARTS:
        query = clean.copy()
        query.pop("counted", None)
        query.setlist("record_type", of_types)
        if counted == "1" and "q" in clean or counted == EVERYTHING and "q" not in clean:
            query["counted"] = counted
        is_on = types == set(of_types) and has_counted == (counted == "1")
        query.update({name: value for name, value in kept.items() if name not in query})
        parts.append(ListPart(words, query.urlencode(), is_on))
    return parts
