"""The form of codes, and the checksum where there is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.core import codes

REAL = "91350100M000100Y43"  # the standard's own example


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("2020-500110-44-03-123456", True),
        ("2020-500110-44-03-12345", False),
        ("2020-500110-44-03-1234567", False),
        ("2020-50011O-44-03-123456", False),
        ("2020500110440312345６", False),
        ("2020-500110-44-03-12345６", False),
        ("2020-500110-44-03-123456\n", False),
        ("", False),
    ],
)
def test_of_a_national_project_code_only_the_form_is_checked(text, is_one):
    assert codes.is_national_code(text) is is_one


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("QJ-0001", True),
        ("QJ-9999", True),
        ("QJ-10000", True),
        ("QJ-001", False),
        ("QJ-00001", False),  # the same number would have two codes
        ("QJ-123456789", False),
        ("qj-0001", False),
    ],
)
def test_our_own_code_is_four_digits_or_more(text, is_one):
    assert codes.is_own_code(text) is is_one


@pytest.mark.parametrize(("number", "code"), [(1, "QJ-0001"), (9999, "QJ-9999"), (10_000, "QJ-10000")])
def test_our_own_code_is_made_from_its_number_and_read_back(number, code):
    assert codes.own_code(number) == code
    assert codes.own_number(code) == number


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (REAL, True),
        (REAL[:-1], False),
        (REAL + "0", False),
        (REAL.lower(), False),
        (REAL.replace("Y", "O"), False),  # the alphabet has no I, O, Z, S, V
        (REAL[:-1] + "4", False),
        ("", False),
    ],
)
def test_a_credit_code_has_eighteen_characters_and_a_checksum(text, is_one):
    assert codes.is_credit_code(text) is is_one


@given(st.integers(0, 16), st.sampled_from(codes.CREDIT_ALPHABET))
def test_one_wrong_character_anywhere_is_found(place, character):
    wrong = REAL[:place] + character + REAL[place + 1 :]
    assert codes.is_credit_code(wrong) is (wrong == REAL)
