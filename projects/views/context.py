"""What every page is given, whatever it shows. Reads no table and no cookie."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict:
    return {"is_demo": settings.DEMO}
