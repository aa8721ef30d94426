"""A photo or a PDF of a published report."""

from django.http import HttpRequest, HttpResponse

from projects.models import Attachment
from projects.pages.attachment_file import attachment_file
from tracker.kept import public_file


@public_file
def attachment(request: HttpRequest, name: str) -> HttpResponse:
    return attachment_file(request, Attachment.objects.public(), name)
