"""What every page is given, whatever it shows. Reads no table and no cookie."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict:
    return {
        "is_demo": settings.DEMO,
        "host": {
            "name": settings.HOST_ORGANISATION,
            "icp": settings.ICP_NUMBER,
            "police": settings.POLICE_NUMBER,
            "corrections": settings.CORRECTIONS_ADDRESS,
        },
    }
