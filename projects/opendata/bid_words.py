"""What files call the stages and steps of a title that is applied for: 申报中, 已获批, and never 竣工.

Beside the codes of other records stand the words of the vocabularies (`words.column`).
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.functional import lazy
from django.utils.text import capfirst

from projects.choices import EventKind, Milestone, RecordType
from projects.words.column import in_both
from projects.words.news_sentences import kind_word
from projects.words.stage_words import BID, milestone_word, stage_word

Worded = Callable[[str, str | None, str], str | None]  # the column, the code, the type of the record
_stage, _step = lazy(stage_word, str), lazy(milestone_word, str)


def words_of_stage(stage: str, qualifier: str) -> tuple[str, str, str]:
    return stage, *in_both(_stage(stage, qualifier, BID))


def words_of_step(milestone: str) -> tuple[str, str, str]:
    return milestone, *in_both(_step(milestone, BID))


def as_code(column: str, code: str | None, record_type: str) -> str | None:
    """What a file of codes has in a column: the code."""
    return code


def for_sheet() -> Worded:
    """The same for a sheet, which has words for codes: of titles their own, in the language of the moment."""
    words = {
        "kind": {one.value: capfirst(kind_word(one.value, BID)) for one in EventKind},
        "milestone": {one.value: capfirst(milestone_word(one.value, BID)) for one in Milestone},
    }

    def worded(column: str, code: str | None, record_type: str) -> str | None:
        return words[column].get(code, code) if record_type == RecordType.BID else code

    return worded
