"""What may be added up, and what the sum leaves out (rule 8).

What may not be added is an error of whoever asks; nothing here rounds or prints.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from projects.choices import Topic
from projects.core import methods
from projects.core.money import weakest_qualifier

MONEY_TOPICS = (
    Topic.TOTAL_INVESTMENT,
    Topic.AGREED_INVESTMENT,
    Topic.INVESTED_TO_DATE,
    Topic.INVESTED_IN_PERIOD,
    Topic.ANNUAL_PLAN,
    Topic.FUNDS,
)


@dataclass(frozen=True, slots=True)
class Item:
    """A project's amount; yuan is None where it is unknown."""

    project: str
    parent: str | None
    topic: str
    yuan: int | None
    qualifier: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """None where nothing is known: an unknown sum is not 0."""

    yuan: int | None
    qualifier: str | None
    added: tuple[str, ...]
    left_out: tuple[str, ...]
    unknown: int
    method: str = ""


def total(items: Iterable[Item]) -> Total:
    """Of one book's figures, of a parent and its parts the topmost; the rest are named as left out."""
    items = list(items)
    _require_one_topic({item.topic for item in items})
    known = {item.project: item.yuan for item in items if item.yuan is not None}
    book = methods.first(item.method for item in items if item.project in known)
    in_book = {item.project for item in items if item.method == book}
    booked = {code: yuan for code, yuan in known.items() if code in in_book}
    parents = {item.project: item.parent for item in items}
    added = {code: yuan for code, yuan in booked.items() if not _has_ancestor_in(code, parents, booked)}
    return Total(
        yuan=sum(added.values()) if added else None,
        qualifier=weakest_qualifier(item.qualifier for item in items if item.project in added),
        added=tuple(added),
        left_out=tuple(sorted(known.keys() - added.keys())),
        unknown=len(items) - len(known),
        method=book,
    )


def _require_one_topic(topics: set[str]) -> None:
    if {Topic.AGREED_INVESTMENT, Topic.TOTAL_INVESTMENT} <= topics:
        raise ValueError("agreed_with_total")
    if len(topics) > 1:
        raise ValueError("mixed_topics")
    if topics - set(MONEY_TOPICS):
        raise ValueError("not_money")


def _has_ancestor_in(project: str, parents: dict[str, str | None], known: dict[str, int]) -> bool:
    seen = {project}
    above = parents.get(project)
    while above is not None and above not in seen:
        if above in known:
            return True
        seen.add(above)
        above = parents.get(above)
    return False
