"""The opening sentences of a record in both languages, by what the record is and what was said of it."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from projects.core import fuzzy_dates
from projects.core.promises import Dated, Facts
from projects.words import project_sentences
from tests.words.test_stage_words import RECORDS, rows


def day(text: str) -> fuzzy_dates.Fuzzy | None:
    return fuzzy_dates.parse(text) if text else None


def said(text: str, qualifier: str = "") -> Dated | None:
    return Dated("c1", day(text), day("2024-01"), qualifier) if text else None


def both(clause_of) -> tuple[str, str]:
    texts = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            clause = clause_of()
            texts.append((clause.text + clause.stop).strip())
    return tuple(texts)


ACTUALS = """
    factory  | operating | 下线     | 2020-05-08 | 2020年5月8日下线投产。          | Production started (first product off the line) on 8 May 2020.
    factory  | signed    |          | 2019       | 2019年签约。                    | Agreement signed in 2019.
    factory  | approved  | 环境影响评价 | 2021-33 | 2021年一季度环境影响评价获批。  | Approval given (environmental impact assessment) in Q1 2021.
    factory  | started   |          | 2024-40    | 2024年上半年开工。              | Construction started in the first half of 2024.
    reservoir | started  | 主体工程 | 2024-10-10 | 2024年10月10日主体工程开工。    | Construction started (main works) on 10 October 2024.
    road     | operating | 重庆段   | 2021-12~   | 约2021年12月重庆段通车。        | Opened to traffic (Chongqing section) around December 2021.
    plan     | approved  |          | 2021-04    | 2021年4月批准。                 | Adopted in April 2021.
    alliance | operating |          | 2021-04    | 2021年4月成立。                 | Founded in April 2021.
    app      | operating |          | 2024-10-17 | 2024年10月17日上线。            | Launched on 17 October 2024.
    title    | completed |          | 2023       | 2023年获批。                    | Title granted in 2023.
    cluster  | signed    |          | 2022-01/2022-04 | 2022年1月至4月签约。       | Agreement signed between January and April 2022.
"""  # noqa: E501 (a table)


@pytest.mark.parametrize(("called", "step", "scope", "on", "zh", "en"), rows(ACTUALS))
def test_what_has_happened(called, step, scope, on, zh, en):
    assert both(lambda: project_sentences.of_actual(step, scope, day(on), "", RECORDS[called])) == (zh, en)


PROMISES = """
    hospital | operating | | 2025 | | no_word | 原定2025年投用；期限已过，未见结果。 | Opening was due in 2025; no outcome reported.
    hospital | operating | | 2027 | | open    | 计划2027年投用，未到期。 | Opening planned in 2027, not due yet.
    hospital | operating | | 2027 | |         | 计划2027年投用。 | Opening planned in 2027.
    factory  | operating | | 2021-06-30/2022-12-31 | | no_word | 原定2022年底前投产；期限已过，未见结果。 | Start of production was due by the end of 2022; no outcome reported.
    park     | completed | | 2026/2031 | | open | 计划2026年至2031年建成，未到期。 | Full completion planned between 2026 and 2031, not due yet.
    plan     | completed | “双百”现代化城市 | 2021-06-30/2035-12-31 | | open | “双百”现代化城市计划2035年底前建成，未到期。 | Full completion (modern “double hundred” city) planned by the end of 2035, not due yet.
    cluster  | operating | 实物运量 | 2024 | | no_word | 实物运量原定2024年投用；期限已过，未见结果。 | Opening (first freight) was due in 2024; no outcome reported.
    road     | completed | | 2026-06 | 2025 | late | 计划2026年6月竣工，首次承诺为2025年；逾期。 | Completion planned in June 2026, first promised for 2025; late.
    road     | completed | | 2025 | 2025 | late | 原定2025年竣工；逾期。 | Completion was due in 2025; late.
    road     | completed | | 2025-08-15 | | perhaps | 原定2025年8月15日竣工；尚难判定。 | Completion was due on 15 August 2025; hard to judge.
    title    | completed | | 2027 | | open | 计划2027年获批，未到期。 | Grant of the title planned in 2027, not due yet.
"""  # noqa: E501 (a table)


@pytest.mark.parametrize(("called", "step", "scope", "on", "first", "verdict", "zh", "en"), rows(PROMISES))
def test_what_is_to_come(called, step, scope, on, first, verdict, zh, en):
    told = Facts(step, scope, first=said(first), promised=said(on))
    assert both(lambda: project_sentences.of_promise(told, verdict or None, RECORDS[called])) == (zh, en)


def test_what_is_only_expected_and_what_has_no_date():
    expected = Facts("operating", "", promised=said("2027", "expected"))
    open_date = Facts("operating", "", first=said("2025"), undecided=said("2026-01"))
    road = RECORDS["road"]
    assert both(lambda: project_sentences.of_promise(expected, None, road)) == (
        "预计2027年通车。",
        "Opening to traffic expected in 2027.",
    )
    assert both(lambda: project_sentences.of_promise(open_date, "late", road)) == (
        "通车日期待定；逾期。",
        "Opening to traffic: the date is to be decided; late.",
    )


@pytest.mark.parametrize(
    ("called", "word", "is_stated", "is_partly", "last_said", "since", "zh", "en"),
    [
        (
            "factory",
            "竣工",
            True,
            True,
            "2020-05-08",
            "",
            "截至2020年5月8日：竣工，部分投产。",
            ", partly in production.",
        ),
        ("road", "在建", False, False, "2024", "2024-08-15", "截至2024年：在建（推定）。", " (inferred)."),
        (
            *("road", "在建", False, False, "2024-10", "2024-08-15"),
            "截至2024年10月：在建（推定），2024年8月15日已有此说。",
            " (inferred), as already said on 15 August 2024.",
        ),
        (
            *("road", "在建", True, False, "2024-09/2024-12", ""),
            "据2024年9月至12月的说法：在建。",
            "between September and December 2024: 在建.",
        ),
        ("road", "", True, False, "", "", "进展：来源未说明。", "How far it is: the sources do not say."),
    ],
)
def test_how_far_it_is(called, word, is_stated, is_partly, last_said, since, zh, en):
    chinese, english = both(
        lambda: project_sentences.of_stage(
            word, is_stated, is_partly, "", day(last_said), day(since), RECORDS[called]
        )
    )
    assert chinese == zh
    assert english.endswith(en)


def test_every_sentence_names_its_claim():
    told = SimpleNamespace(milestone="started", scope="", first=None, promised=said("2027"), has_moved=False)
    assert project_sentences.of_promise(told, None).ref == "c1"
