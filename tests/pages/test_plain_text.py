"""Text without what XML and iCalendar refuse."""

import pytest

from projects.pages.plain_text import plain


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("藻渡水库 · A&B <x>", "藻渡水库 · A&B <x>"),
        ("a\nb\tc\r", "a b c "),
        ("a\x00\x0b\x1b\x7f\x85b", "ab"),
        ("\ud800\uffff\ufffea", "a"),
        ("👷𠮷\u200b", "👷𠮷\u200b"),
        ("", ""),
    ],
)
def test_control_characters_go_and_everything_else_stays(text, kept):
    assert plain(text) == kept
