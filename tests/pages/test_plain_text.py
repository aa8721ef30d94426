"""Text without what XML and iCalendar refuse."""

import sys
import unicodedata

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


def test_of_all_characters_only_controls_and_what_is_none_go():
    every = [chr(number) for number in range(sys.maxunicode + 1)]
    gone = {one for one in every if not plain(one)}
    refused = {one for one in every if unicodedata.category(one) in ("Cc", "Cs")}
    assert gone == refused - set("\n\r\t") | {"\ufffe", "\uffff"}
