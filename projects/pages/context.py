"""What every page is given, whatever it shows. Reads no table and no cookie."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

ADDRESSES = ("mailto:", "https://", "http://")


def site(request: HttpRequest) -> dict:
    return {
        "is_demo": settings.DEMO,
        "host": {"colophon": colophon, "contact": _leading(settings.CONTACT)},
    }


def colophon() -> list[tuple[str, str, str]]:
    """What the footer says of the publisher: what, the words and where they lead; filing numbers if any."""
    said = [
        (_("Published by"), settings.HOST_ORGANISATION),
        (_("Contact"), settings.CONTACT),
        (_("Licence"), settings.LICENCE),
    ]
    filed = [(_("ICP filing"), settings.ICP_NUMBER), (_("Public security filing"), settings.POLICE_NUMBER)]
    said += [one for one in filed if one[1] or settings.DEMO]
    return [(what, text.removeprefix("mailto:"), _leading(text)) for what, text in said]


def _leading(text: str) -> str:
    """What leads somewhere; "" where it is words."""
    return text if text.startswith(ADDRESSES) else ""
