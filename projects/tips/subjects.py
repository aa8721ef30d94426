"""What a tip is about: a project, a claim or figure of it, or a page; nothing that is not public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import Resolver404, resolve
from django.utils.http import escape_leading_slashes

from projects.models import Claim, Project, Statistic
from projects.tips.rules.words import MAX_PAGE

MAX_NAME = 100


@dataclass(frozen=True, slots=True)
class TipSubject:
    project: Project | None = None
    assertion: Claim | Statistic | None = None
    page: str = ""

    @property
    def ref(self) -> str:
        return self.assertion.ref if self.assertion else ""


def read(params: Mapping[str, str], today: date) -> TipSubject:
    """As an address or a form names it; what is no name of ours is as if it were not said."""
    assertion = _assertion(_name(params, "ref"), today)
    project = getattr(assertion, "project", None) or _project(_name(params, "project"))
    return TipSubject(project, assertion, _page(params.get("page", "")))


def of_ref(ref: str) -> Claim | Statistic | None:
    """The row of that name, whatever became of it."""
    for rows in (
        Claim.objects.select_related("project", "source"),
        Statistic.objects.select_related("source"),
    ):
        if ref and (found := rows.filter(ref=ref).first()):
            return found
    return None


def _assertion(ref: str, today: date) -> Claim | Statistic | None:
    if not ref:
        return None
    claims = Claim.objects.public(today).select_related("project", "source")
    return claims.filter(ref=ref).first() or Statistic.objects.public(today).filter(ref=ref).first()


def _project(slug: str) -> Project | None:
    return Project.objects.public().filter(slug=slug).first() if slug else None


def _name(params: Mapping[str, str], name: str) -> str:
    text = params.get(name, "").strip().replace("\0", "")
    return text if len(text) <= MAX_NAME else ""


def _page(path: str) -> str:
    """A path of this site, without its question."""
    if len(path) > MAX_PAGE or not path.startswith("/"):
        return ""
    try:
        resolve(path)
    except Resolver404:
        return ""
    return escape_leading_slashes(path)
