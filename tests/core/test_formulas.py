"""What a spreadsheet would read as a formula is kept as text, and comes back as it was."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from projects.core.formulas import as_it_was, kept_as_text


@given(st.text("'=+-@＝甲1 \t\r", max_size=6))
@example("'甲公司")
@example("'=1")
def test_it_comes_back_as_it_was(text):
    assert as_it_was(kept_as_text(text)) == text


@pytest.mark.parametrize("text", ["=1", " =1", "＝1+1", "-5", "\t甲", "'=1"])
def test_what_would_be_a_formula_gets_an_apostrophe(text):
    assert kept_as_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "'", "'甲公司", "a-b", "“=”工厂"])
def test_what_would_be_none_stands_as_it_is(text):
    assert kept_as_text(text) == text == as_it_was(text)
