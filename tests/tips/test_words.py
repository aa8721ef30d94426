"""What may be sent and what may be answered."""

import pytest

from projects.choices import TipVerdict
from projects.tips.rules import words


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("", True),
        ("。。。！！！", True),
        ("https://example.org/a www.example.org", True),
        ("看 https://example.org/a", True),
        ("工地停了", False),
        ("Це не так", False),
        ("已停工，见 https://example.org/a", False),
    ],
)
def test_addresses_alone_say_nothing(text, nothing):
    assert words.says_nothing(text) is nothing


@pytest.mark.parametrize(
    ("text", "seconds", "trapped", "doubtful"),
    [
        ("工地停了半年", 20, False, False),
        ("工地停了半年", 1, False, True),
        ("工地停了半年", 20, True, True),
        ("<a href=x>便宜</a>", 20, False, True),
        ("[url=x]便宜[/url]", 20, False, True),
        ("a < b 且 c > d 时不对", 20, False, False),
        ("见 http://a http://b http://c", 20, False, False),
        ("见 http://a http://b http://c http://d", 20, False, True),
    ],
)
def test_what_a_machine_may_have_sent(text, seconds, trapped, doubtful):
    assert words.is_doubtful(text, seconds, trapped) is doubtful


@pytest.mark.parametrize(
    ("verdict", "answer", "fault"),
    [
        ("", "已核实", "tip_verdict_missing"),
        ("true", "已核实", "tip_verdict_missing"),
        (TipVerdict.CONFIRMED, "", "tip_answer_missing"),
        (TipVerdict.UNRELATED, "谢谢", "tip_answer_unwanted"),
        (TipVerdict.PARTLY, "字" * 1001, "tip_answer_long"),
        (TipVerdict.CONFIRMED, "已致电 wang @ example.org", "tip_answer_personal"),
        (TipVerdict.CONFIRMED, "请拨 139 0000 0000", "tip_answer_personal"),
        (TipVerdict.UNFOUNDED, "总投资 13900000000000 元无误", None),
        (TipVerdict.CONFIRMED, "已核实，属实", None),
        (TipVerdict.UNRELATED, "", None),
    ],
)
def test_an_answer_has_words_and_names_no_way_to_a_person(verdict, answer, fault):
    faults = words.answer_faults(verdict, answer, "wang@example.org")
    assert [one.code for one in faults] == ([fault] if fault else [])
