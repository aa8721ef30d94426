"""Every code that the rules give has a sentence in both languages."""

import pytest
from django.utils.translation import override

from projects.choices import Condition, Stage, Verdict
from projects.core import precedence
from projects.words import judgements

REASONS = {*precedence.REASONS, *precedence.REASONS_FOR_ACTUALS}
EVERY = [
    *[(judgements.reason, code) for code in sorted(REASONS)],
    *[(judgements.verdict_note, code) for code in Verdict],
    *[(judgements.stage_meaning, code) for code in Stage],
    *[(judgements.condition_meaning, code) for code in Condition],
]


@pytest.mark.parametrize(("say", "code"), EVERY)
def test_each_code_has_a_sentence(say, code):
    with override("en"):
        english = say(code)
    with override("zh-hans"):
        chinese = say(code)
    assert english.endswith(".")
    assert chinese.endswith("。")
    assert say(str(code)) == chinese  # a stored code will do


def test_no_two_codes_read_alike():
    for say in {say for say, _code in EVERY}:
        codes = {str(code) for one, code in EVERY if one is say}
        assert len({say(code) for code in codes}) == len(codes)


@pytest.mark.parametrize(
    ("say", "code", "chinese", "english"),
    [
        (judgements.reason, "rank", "采用的说法来自更权威的来源。", "a source of higher authority"),
        (judgements.verdict_note, "no_word", "没有消息不等于逾期", "No report does not mean late"),
        (judgements.stage_meaning, "building", "平整场地和临时工程不算开工", "temporary works do not count"),
    ],
)
def test_what_they_say(say, code, chinese, english):
    with override("zh-hans"):
        assert chinese in say(code)
    with override("en"):
        assert english in say(code)
