"""How names and questions are folded so that they meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.rules.searching import fold, search_text, terms


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("綦江", "綦江"),
        ("ＱＪ－０００１", "qj-0001"),  # full-width
        ("Beidu  Park", "beidupark"),  # capitals and blanks
        ("北渡　园区", "北渡园区"),  # the wide blank
        ("Straße", "strasse"),
        ("㈱", "(株)"),
        (" \t\n", ""),
    ],
)
def test_full_width_forms_capitals_and_blanks_make_no_difference(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("北渡 园区", ["北渡", "园区"]),
        ("  北渡　ＰＡＲＫ ", ["北渡", "park"]),
        ("", []),
        ("　", []),
    ],
)
def test_each_word_of_a_question_is_to_be_found(question, words):
    assert terms(question) == words


def test_a_record_is_found_by_any_of_its_names_and_by_none_across_two():
    text = search_text(["QJ-0001", "北渡园区", "Beidu Park"])
    assert text == "qj-0001\n北渡园区\nbeidupark"
    assert all(term in text for term in ("0001", "渡园", "uPar".lower()))
    assert "区bei" not in text


def test_the_same_name_twice_and_empty_ones_are_kept_once_and_not_at_all():
    assert search_text(["北渡", "", " ", "北 渡", "北渡"]) == "北渡"


@given(st.text(max_size=12))
def test_every_word_of_a_name_is_found_in_it(name):
    assert all(term in fold(name) for term in terms(name))
    assert not any(character.isspace() for character in fold(name))
