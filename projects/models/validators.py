"""Validators of single fields, each a rule of `rules.codes` with a sentence for people."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from projects.rules import codes


def check_credit_code(text: str) -> None:
    if not codes.is_credit_code(text):
        raise ValidationError(
            _("“%(text)s” is not a credit code: 18 characters, the last one a check character."),
            code="credit_code",
            params={"text": text},
        )


def check_national_code(text: str) -> None:
    if not codes.is_national_code(text):
        raise ValidationError(
            _("“%(text)s” is not a national project code such as 2020-500110-44-03-123456."),
            code="national_code",
            params={"text": text},
        )


def check_own_code(text: str) -> None:
    if not codes.is_own_code(text):
        raise ValidationError(
            _("“%(text)s” is not a project code such as QJ-0001."), code="own_code", params={"text": text}
        )
