"""Codes that others issue and our own: their form, and the checksum where there is one."""

import re

NATIONAL_CODE = re.compile(r"\d{4}-\d{6}-\d{2}-\d{2}-\d{6}", re.ASCII)
OWN_PREFIX = "QJ"
OWN_CODE = re.compile(r"QJ-(\d{4}|[1-9]\d{4,7})", re.ASCII)  # one number, one spelling

# GB 32100: the alphabet leaves out I, O, Z, S and V; weights are the powers of 3 modulo 31.
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = [pow(3, place, 31) for place in range(17)]


def is_national_code(text: str) -> bool:
    """Only the form is checked (GB/T 40058-2021)."""
    return NATIONAL_CODE.fullmatch(text) is not None


def is_own_code(text: str) -> bool:
    return OWN_CODE.fullmatch(text) is not None


def own_code(number: int) -> str:
    return f"{OWN_PREFIX}-{number:04d}"


def own_number(code: str) -> int:
    """What stands behind the prefix."""
    return int(code.removeprefix(f"{OWN_PREFIX}-"))


def is_credit_code(text: str) -> bool:
    """The form and the check character of a unified social credit code."""
    if len(text) != 18 or any(character not in CREDIT_ALPHABET for character in text):
        return False
    return text[17] == credit_check_character(text[:17])


def credit_check_character(body: str) -> str:
    total = sum(
        CREDIT_ALPHABET.index(character) * weight
        for character, weight in zip(body, CREDIT_WEIGHTS, strict=True)
    )
    return CREDIT_ALPHABET[-total % 31]
