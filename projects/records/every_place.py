"""The places as pages need them: all, and which lie in one; read once a data version."""

from __future__ import annotations

from django.db.models import QuerySet

from projects.audit.version_memory import until_published
from projects.models import Place
from projects.models.prepared import Prepared


@until_published
def every_place() -> list[Place]:
    """Each with the place in which it lies."""
    places = {place.pk: place for place in Prepared(_places).fetch()}
    for place in places.values():
        place.parent = places.get(place.parent_id)
    return list(places.values())


def _places() -> QuerySet[Place]:
    return Place.objects.order_by("code")


@until_published
def keys_within(code: str) -> list[int]:
    """Of a place and of all that lie in it."""
    return [place.pk for place in every_place() if code in _upwards(place)]


def _upwards(place: Place | None) -> list[str]:
    return [place.code, *_upwards(place.parent)] if place else []
