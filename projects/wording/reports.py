"""How an approved report is named as a source, and how its claims say why a date moved.

What officials write is kept in Chinese alone; a source has its title in both languages.
"""

from datetime import date

from django.utils.translation import override

from projects.choices import MoveReason
from projects.words import dates


def source_titles(month: date, code: str) -> tuple[str, str]:
    """In Chinese and in English: 2026年3月月报 QJ-0001."""
    with override("zh-hans"):
        chinese = f"{dates.month(month)}月报 {code}"
    with override("en"):
        return chinese, f"Monthly report for {dates.month(month)}, {code}"


def why(reason: str, words: str) -> str:
    """The reason from the list, then the official's own words."""
    if not reason:
        return words.strip()
    with override("zh-hans"):
        label = str(MoveReason(reason).label)
    return f"{label}：{words.strip()}" if words.strip() else label
