"""Photos and papers: in public once their report is published, before that to whoever reaches it.

What is not to be seen is 404, as is what does not exist; the row decides at every request.
"""

from django.http import HttpRequest, HttpResponse

from projects.choices import Role
from projects.models import Attachment
from projects.pages.attachment_file import attachment_file
from projects.views.entering import READING, desk_page
from tracker.kept import public_file


@public_file
def attachment(request: HttpRequest, name: str) -> HttpResponse:
    return attachment_file(request, Attachment.objects.public(), name)


@desk_page(Role.REPORTER, Role.REVIEWER, methods=READING)
def desk_attachment(request: HttpRequest, name: str) -> HttpResponse:
    return attachment_file(request, Attachment.objects.reachable_by(request.person), name)
