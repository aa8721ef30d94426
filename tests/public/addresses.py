"""Every public address there is, read from `projects.urls`: a new door is visited from its first day."""

from collections.abc import Iterator

from django.urls import URLPattern

from projects import urls
from projects.models import Place, Project, Source

# Health, and an icon that lies elsewhere; a form, which is for one reader (`test_tell`).
OTHERS = ("healthz", "readyz", "favicon", "tell")


def patterns() -> list[URLPattern]:
    """Neither those of accounts, the desk and the admin, which ask who is there, nor what is no page."""
    others = [*urls.ACCOUNTS, *urls.DESK]
    doors = (one for one in urls.urlpatterns if isinstance(one, URLPattern) and one not in others)
    return [one for one in doors if one.name not in OTHERS]


def addresses(of_each: int | None = None) -> Iterator[str]:
    """Each in both languages; those of a record for every record, the private ones too, or for a few."""
    for pattern in patterns():
        for filled in _filled(str(pattern.pattern))[:of_each]:
            yield f"/{filled}"
            yield f"/en/{filled}"


def _filled(route: str) -> list[str]:
    if "<slug:slug>" in route:
        return [route.replace("<slug:slug>", one.slug) for one in Project.objects.order_by("code")]
    if "<slug:code>" in route:
        rows = (Place if route.startswith("places") else Source).objects.order_by("-code")
        return [route.replace("<slug:code>", one.code) for one in rows]
    if "<str:name>" in route:
        return []  # attachments: visited by their own tests
    if "<slug:name>-<int:part>" in route:
        return [
            route.replace("<slug:name>-<int:part>", f"{name}-1") for name in ("pages", "projects", "sources")
        ]
    assert "<" not in route, f"say what stands in {route}"
    return [route]


def is_of_private(address: str) -> bool:
    """Whether it is the address of a record that nobody may know of."""
    parts = {part.partition(".")[0] for part in address.split("/")}
    slugs = set(Project.objects.filter(is_public=False).values_list("slug", flat=True))
    return bool(parts & (slugs | set(Source.objects.filter(is_public=False).values_list("code", flat=True))))
