"""Codes and addresses of projects: the next free ones, and the old ones that lead on for ever.

Runs in the caller's transaction; publishers take turns, so that no two get the same.
"""

from django.db.models.functions import Length
from django.utils.text import slugify

from projects.core.codes import OWN_PREFIX, own_code, own_number
from projects.core.refusals import Refused
from projects.models import Counter, OldSlug, Project

LONGEST = 60


def next_code() -> str:
    """One beyond the last that was given: codes of records that are gone are not given again."""
    return next_codes(1)[0]


def next_codes(count: int) -> list[str]:
    counter = _counter()
    first = max(counter.last, _highest()) + 1
    counter.last = first + count - 1
    counter.save(update_fields=["last"])
    return [own_code(number) for number in range(first, first + count)]


def keep_code(code: str) -> None:
    """A code that was given elsewhere (a fixture) or goes with its record is not given again."""
    counter = _counter()
    counter.last = max(counter.last, own_number(code))
    counter.save(update_fields=["last"])


def keep_codes() -> None:
    """The codes of all projects on record are not given again; called after the fixtures were loaded."""
    keep_code(own_code(_highest()))


def _counter() -> Counter:
    """Locked for this transaction."""
    return Counter.objects.select_for_update().get_or_create(prefix=OWN_PREFIX)[0]


def _highest() -> int:
    """As numbers, not as text: QJ-10000 comes after QJ-9999."""
    code = Project.objects.order_by(Length("code").desc(), "-code").values_list("code", flat=True).first()
    return own_number(code) if code else 0


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
        raise Refused("address_taken", "slug")
    OldSlug.objects.filter(slug=project.slug, project=project).delete()
    OldSlug.objects.create(slug=old, project=project)
