"""What may be sent as a tip and what may be answered: how long, and what is no tip at all."""

from __future__ import annotations

import re

from projects.choices import TipVerdict
from projects.core.refusals import Fault

MAX_TEXT, MAX_CONTACT, MAX_LINK, MAX_PAGE, MAX_ANSWER = 2000, 100, 500, 200, 1000
MIN_LETTERS = 2  # besides addresses
MIN_CONTACT = 5  # characters by which a contact is found again in an answer
MAX_LINKS = 3  # in the text of somebody who means it
MIN_SECONDS = 3  # between the form and what is sent; a machine is quicker

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.I)
_MARKUP = re.compile(r"</?[a-z][^>]*>|\[/?url", re.I)
_LETTER = re.compile(r"[^\W_]")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")


def says_nothing(text: str) -> bool:
    """Whether nothing is left of it without the addresses of other pages."""
    return len(_LETTER.findall(_ADDRESS.sub(" ", text))) < MIN_LETTERS


def is_doubtful(text: str, seconds: float, is_trapped: bool) -> bool:
    """What a machine may have sent: it is kept apart, since somebody may have meant it."""
    many = len(_ADDRESS.findall(text)) > MAX_LINKS
    return is_trapped or seconds < MIN_SECONDS or many or bool(_MARKUP.search(text))


def as_compared(text: str) -> str:
    """Without blanks, so that the same words sent twice are the same."""
    return "".join(text.split())


def answer_faults(verdict: str, answer: str, contact: str) -> list[Fault]:
    """An answer may stand on a public page: it holds words, and no way to reach a person."""
    if verdict not in TipVerdict.values:
        return [Fault("tip_verdict_missing", "verdict")]
    if verdict == TipVerdict.UNRELATED:
        return [Fault("tip_answer_unwanted", "answer")] if answer else []
    if not answer:
        return [Fault("tip_answer_missing", "answer")]
    if len(answer) > MAX_ANSWER:
        return [Fault("tip_answer_long", "answer", {"most": str(MAX_ANSWER)})]
    is_named = len(contact) >= MIN_CONTACT and as_compared(contact) in as_compared(answer)
    return [Fault("tip_answer_personal", "answer")] if is_named or _MOBILE.search(answer) else []
