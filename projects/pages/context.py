"""What every page is given, whatever it shows. Reads no table and no cookie."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

ADDRESSES = ("mailto:", "https://", "http://")


def site(request: HttpRequest) -> dict:
    return {
        "is_demo": settings.DEMO,
        "host": {"colophon": colophon, "contact": _leading(settings.CONTACT), "settings": _settings()},
    }


def colophon() -> list[tuple[str, str, str]]:
    """What the footer says of the publisher: what, the words and where they lead; filing numbers if any."""
    publisher, contact, licence, *numbers, is_demo = _settings()
    said = [(_("Published by"), publisher), (_("Contact"), contact), (_("Licence"), licence)]
    filed = zip((_("ICP filing"), _("Public security filing")), numbers, strict=True)
    said += [one for one in filed if one[1] or is_demo]
    return [(what, text.removeprefix("mailto:"), _leading(text)) for what, text in said]


def _settings() -> tuple[str, str, str, str, str, bool]:
    """All that the footer's words follow from."""
    filed = settings.ICP_NUMBER, settings.POLICE_NUMBER
    return settings.HOST_ORGANISATION, settings.CONTACT, settings.LICENCE, *filed, settings.DEMO


def _leading(text: str) -> str:
    """What leads somewhere; "" where it is words."""
    return text if text.startswith(ADDRESSES) else ""
