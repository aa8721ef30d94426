"""How notices and letters read, in both languages."""

import pytest
from django.utils.translation import override

from projects.choices import NoticeKind
from projects.notices import messages

VALUES = {
    "month": "2026-02",
    "closes_on": "2026-03-05",
    "since": "2026-03-02",
    "due_on": "2026-03-10",
    "milestone": "completed",
    "scope": "一期",
    "date": "2026-06-30/2026-12-31",
    "note": "zznotezz",
    "problem": "7",
    "file": "二月.xlsx",
    "tips": "3",
}
NAMES = ["示范工厂"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_has_a_heading_and_a_sentence_without_gaps(kind, language):
    with override(language):
        said = messages.message(kind, VALUES, NAMES)
    both = f"{said.heading} {said.text}"
    assert "%" not in both and "zznotezz" not in both and len(said.heading) > 8
    is_of_one = "示范工厂" in both or "二月.xlsx" in both
    assert is_of_one or kind == NoticeKind.TIPS_OVERDUE, "which are about anything"
    assert said.text.endswith("。" if language == "zh-hans" else ".")


@pytest.mark.parametrize(
    ("kind", "language", "heading"),
    [
        ("promise_near", "zh-hans", "承诺日期临近：示范工厂，竣工（一期） 2026年底前"),
        (
            "promise_near",
            "en",
            "A promised date is near: 示范工厂, completion (phase one) by the end of 2026",
        ),
        ("reports_waiting", "zh-hans", "2026年3月2日提交的月报尚未审核，共 1 份"),
        ("round_closing", "zh-hans", "2026年2月月报将于2026年3月5日截止，还有 1 个项目未报"),
    ],
)
def test_how_some_read(kind, language, heading):
    with override(language):
        assert messages.message(kind, VALUES, NAMES).heading == heading


def test_a_round_in_which_all_was_handed_in():
    with override("zh-hans"):
        said = messages.message("round_closed", VALUES, [])
    assert said == messages.Message("2026年2月月报已截止", "应报项目已全部报送。")


@pytest.mark.parametrize(
    ("count", "shown"),
    [(1, "厂1"), (5, "厂1、厂2、厂3、厂4、厂5"), (7, "厂1、厂2、厂3、厂4、厂5，另有 2 个")],
)
def test_of_many_names_the_first_few_are_said(count, shown):
    with override("zh-hans"):
        assert messages.listed([f"厂{number}" for number in range(1, count + 1)]) == shown


def test_a_letter_numbers_what_it_says_and_names_the_address():
    said = [messages.Message("一", "甲。"), messages.Message("二", "乙。")]
    with override("zh-hans"):
        text = messages.letter(said, "https://example.org/desk/notices/")
        assert text.startswith("1. 一\n   甲。\n\n2. 二\n   乙。\n\n")
        assert "请登录办理：https://example.org/desk/notices/" in text
        assert "请登录办理" not in messages.letter(said, "")
