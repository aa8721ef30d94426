"""A photo or a PDF of a report that is not published yet, for whoever reaches the report."""

from django.http import HttpRequest, HttpResponse

from projects.desk.frame import READERS, desk_page
from projects.models import Attachment
from projects.pages.attachment_file import attachment_file
from tracker.methods import READING


@desk_page(*READERS, methods=READING)
def desk_attachment(request: HttpRequest, name: str) -> HttpResponse:
    return attachment_file(request, Attachment.objects.reachable_by(request.person), name)
