"""What files call the stages and steps of a title that is applied for: 申报中, 已获批, and never 竣工.

Beside the codes of other records stand the words of the vocabularies (`words.column`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.functional import lazy
from django.utils.text import capfirst

from projects.choices import EventKind, Milestone, RecordType
from projects.models import Project
from projects.opendata.export_files import FILES
from projects.words.column import in_both
from projects.words.news_sentences import kind_word
from projects.words.stage_words import BID, milestone_word, stage_word

_stage, _step = lazy(stage_word, str), lazy(milestone_word, str)


def words_of_stage(stage: str, qualifier: str) -> tuple[str, str, str]:
    return stage, *in_both(_stage(stage, qualifier, BID))


def words_of_step(milestone: str) -> tuple[str, str, str]:
    return milestone, *in_both(_step(milestone, BID))


def in_sheet(name: str, rows: Iterable[tuple]) -> Iterator[tuple]:
    """The rows of a file for a sheet, which has words in place of codes: of titles these say them already.

    In the language of the moment, as all words of a sheet.
    """
    codes = [one.code for one in FILES[name].table]
    words = {
        "kind": {one.value: capfirst(kind_word(one.value, BID)) for one in EventKind},
        "milestone": {one.value: capfirst(milestone_word(one.value, BID)) for one in Milestone},
    }
    changes = {codes.index(code): said for code, said in words.items() if code in codes}
    return _worded(rows, codes.index("project"), changes)


def _worded(rows: Iterable[tuple], of: int, changes: dict[int, dict[str, str]]) -> Iterator[tuple]:
    bids = set(Project.objects.filter(record_type=RecordType.BID).values_list("code", flat=True))
    for row in rows:
        if row[of] not in bids:
            yield row
            continue
        yield tuple(changes[at].get(cell, cell) if at in changes else cell for at, cell in enumerate(row))
