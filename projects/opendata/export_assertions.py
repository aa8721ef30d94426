"""The rows of the files about claims and figures: plain values, in batches, each a finished read."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from projects.claims.quotes import sentence_of
from projects.claims.source_places import short_place
from projects.core import numbers
from projects.core.clocks import Clocks
from projects.models import Claim, Project, Statistic
from projects.models.assertion import holds_only
from projects.opendata.chosen_projects import as_text

BATCH = 1000
KNOWN_ON = as_text("known_on")


SAID = (
    *("value_code", "value_yuan", "value_number", "value_date", "value_text", "unit", "decimals"),
    *("qualifier", "as_of", "known_on_text", "source__code", "section__number", "paragraph", "sentence"),
)
CLAIM = (
    *("ref", "pk", "project__code", "topic", "measure", "scope", "period", *SAID),
    *("basis", "corrects_id", "correcting", "note", "method"),
)
STATISTIC = (
    *("ref", "subject__code", "subject__name", "subject__name_en", *SAID),
    *("period", "is_target", "basis", "note", "method", "members"),
)


def known_claims(clocks: Clocks, project: Project | None = None) -> QuerySet[Claim]:
    """Every claim known on K and true by D, corrected ones too; of one project or of all."""
    rows = Claim.objects.public(clocks.known).filter(as_of_latest__lte=clocks.asof)
    return rows.filter(project=project) if project else rows


def live_statistics(clocks: Clocks) -> QuerySet[Statistic]:
    """Every figure known on K and true by D that nothing corrects."""
    known = Statistic.objects.public(clocks.known)
    rows = known.filter(~Exists(known.filter(corrects=OuterRef("pk"))), as_of_latest__lte=clocks.asof)
    return rows.exclude(holds_only(None))


def batches(rows: QuerySet, names: tuple[str, ...], *, are_few: bool = False) -> Iterator[list[tuple]]:
    """In the order of entry, by ranges of keys: no planner can read more for a batch than its rows."""
    rows = rows.order_by("pk").values_list(*names)
    if are_few:
        yield list(rows)
        return
    keys = rows.model.objects.values("pk")
    ends = keys.order_by("pk").values_list("pk", Subquery(keys.order_by("-pk")[:1])).first()
    first, last = ends or (1, 0)
    for begin in range(first, last + 1, BATCH):
        yield list(rows.filter(pk__gte=begin, pk__lt=begin + BATCH))


def claims(clocks: Clocks, project: Project | None = None, *, with_quotes: bool = False) -> Iterator[tuple]:
    correcting = Claim.objects.approved().filter(corrects=OuterRef("pk")).order_by()
    rows = known_claims(clocks, project).annotate(
        known_on_text=KNOWN_ON, correcting=Subquery(correcting.values("pk")[:1])
    )
    for batch in batches(rows, CLAIM, are_few=project is not None):
        named = _named(batch, clocks)
        quotes = _quotes([row[1] for row in batch]) if with_quotes else {}
        for (
            ref,
            pk,
            code,
            topic,
            measure,
            scope,
            period,
            *said,
            basis,
            corrects,
            correcting,
            note,
            method,
        ) in batch:
            yield (
                *(ref, code, topic, measure, scope, period, *_said(said)),
                *(basis, named.get(corrects), named.get(correcting), note, method or None),
                *((quotes.get(pk),) if with_quotes else ()),
            )


def _named(batch: list[tuple], clocks: Clocks) -> dict[int, str]:
    """The references of what these correct and of what corrects them, where that is public on K, too."""
    keys = {key for row in batch for key in row[-4:-2] if key is not None}
    return (
        dict(Claim.objects.public(clocks.known).filter(pk__in=keys).values_list("pk", "ref")) if keys else {}
    )


def _quotes(keys: list[int]) -> dict[int, str | None]:
    """The sentences as printed, of those that may be quoted."""
    rows = Claim.objects.filter(pk__in=keys, source__may_be_quoted=True).order_by()
    return {row.pk: sentence_of(row) for row in rows.select_related("source", "section")}


def statistics(rows: QuerySet[Statistic]) -> Iterator[tuple]:
    for batch in batches(rows.annotate(known_on_text=KNOWN_ON), STATISTIC):
        for ref, *subject, period, is_target, basis, note, method, members in batch:
            (code, name, name_en), said = subject[:3], subject[3:]
            value, unit, qualifier, *known = _said(said)
            yield (
                *(ref, code, name, name_en, value, unit, qualifier, period or None, is_target),
                *(*known, basis, note or None, method or None, members),
            )


def _said(values: list) -> tuple:
    """The value, its clocks and its place; money is whole yuan whatever unit it was printed in."""
    code, yuan, number, date, text, unit, decimals, qualifier, as_of, known_on, source, *place = values
    if yuan is not None:
        value, unit = yuan, "CNY"
    elif number is not None:
        number = numbers.rounded(number, decimals)
        value = float(number) if decimals else int(number)
    else:
        value, unit = code or date or text or None, None
    return value, unit, qualifier or None, as_of, known_on, source, place[0] and short_place(*place)
