"""Codes and addresses of projects: the next free ones, and the old ones that lead on for ever.

Runs in the caller's transaction; publishers take turns, so that no two get the same.
"""

from django.utils.text import slugify

from projects.models import OldSlug, Project
from projects.rules.codes import next_own_code

LONGEST = 60


class AddressTaken(ValueError):
    """The address is, or once was, another project's."""


def next_code() -> str:
    """Codes of records that are gone count too: none is given twice."""
    codes = set(Project.objects.values_list("code", flat=True))
    codes |= set(Project.history.values_list("code", flat=True))
    return next_own_code(list(codes))


def next_slug(name_en: str, code: str) -> str:
    """From the English name, with a number where that is taken; from the code where there is no name."""
    base = slugify(name_en)[:LONGEST].strip("-") or code.lower()
    slug, number = base, 1
    while is_taken(slug):
        number += 1
        slug = f"{base}-{number}"
    return slug


def is_taken(slug: str, project: Project | None = None) -> bool:
    """By another project, now or once."""
    own = project.pk if project else None
    now = Project.objects.filter(slug=slug).exclude(pk=own)
    once = OldSlug.objects.filter(slug=slug).exclude(project=own)
    return now.exists() or once.exists()


def retire_slug(project: Project, old: str) -> None:
    """The old address leads to the project for ever; one that comes back is old no more."""
    if is_taken(project.slug, project):
        raise AddressTaken(project.slug)
    OldSlug.objects.filter(slug=project.slug, project=project).delete()
    OldSlug.objects.create(slug=old, project=project)
