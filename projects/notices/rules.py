"""Reminders as plain values, and how often what could not be delivered is tried again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from projects.choices import NoticeKind, Role

MOST_TRIES = 6
# Under a day, so that a command that runs once a day tries at each run.
LONGEST = timedelta(hours=20)
# What waited longer, because its way was not set up any more, is no news.
STALE = timedelta(days=14)


def pause_after(tries: int) -> timedelta:
    """Ten minutes after the first, then four times as long each time."""
    tens: int = 4 ** (tries - 1)
    return min(tens * timedelta(minutes=10), LONGEST)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to say to the reporters of a unit, to reviewers or to editors; about which projects."""

    kind: NoticeKind
    subject: str
    role: Role
    department: int | None = None
    projects: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    writers: tuple[frozenset[int], ...] = ()  # beside `projects`: who wrote the report does not review it
    to: int | None = None  # one person alone

    def projects_for(self, person: int) -> tuple[str, ...]:
        if not self.writers:
            return self.projects
        pairs = zip(self.projects, self.writers, strict=True)
        return tuple(code for code, wrote in pairs if person not in wrote)

    def concerns(self, person: int) -> bool:
        """Whether anything of it is left for a person."""
        return bool(self.projects_for(person)) or not self.projects
