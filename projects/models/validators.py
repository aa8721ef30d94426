"""Validators with a sentence for people: codes by the rules of `core.codes`, and parts without circles."""

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from projects.core import codes, printed_text


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


def check_members(codes_named: list[str]) -> None:
    for code in codes_named:
        check_own_code(code)


def refuse_circle(record: Model) -> None:
    """Nothing lies in itself or is part of itself, over however many steps."""
    above, passed = record.parent, {record.pk}
    while above is not None:
        if above.pk in passed:
            raise ValidationError({"parent": _("This would go round in a circle.")}, code="circle")
        passed.add(above.pk)
        above = above.parent


def check_lines(places: str) -> None:
    try:
        printed_text.paragraphs_at(places)
    except printed_text.BadLines as bad:
        raise ValidationError(
            _("“%(text)s” are no lines: write the lines of each paragraph, for example 11; 13,15; 17."),
            code="lines",
            params={"text": places},
        ) from bad


def check_line_count(places: str, paragraphs: int | None) -> None:
    """A section whose lines are known has them for each of its paragraphs."""
    try:
        found = len(printed_text.paragraphs_at(places))
    except printed_text.BadLines:
        return  # the field says so itself
    if found not in (0, paragraphs):
        words = _("Lines of %(found)s paragraphs for %(paragraphs)s: part the paragraphs by “;”.")
        said = {"found": found, "paragraphs": paragraphs}
        raise ValidationError({"lines": ValidationError(words, code="line_count", params=said)})
