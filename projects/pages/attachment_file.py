"""The answer that holds a photo or a PDF of a report, by its random name.

What is not to be seen is 404, as is what does not exist; the row decides at every request.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from projects.models import Attachment
from projects.models.attachment import AttachmentQuerySet, folder
from projects.reports.rules import attachments

# Opened by itself it loads nothing, runs nothing and sends nothing.
ALONE = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"


def attachment_file(request: HttpRequest, rows: AttachmentQuerySet, name: str) -> HttpResponse:
    found = attachments.NAME.fullmatch(name)
    row = found and rows.filter(name=found["stem"] + found["suffix"]).first()
    if not row or name not in row.names:
        raise Http404
    etag = f'"{row.sha256}{found["small"]}"'
    return get_conditional_response(request, etag=etag, response=_answer(row, name, etag))


def _answer(row: Attachment, name: str, etag: str) -> HttpResponse:
    """The bytes at once: whoever reads slowly keeps no worker waiting."""
    try:
        data = (folder() / name).read_bytes()
    except FileNotFoundError as error:
        raise Http404 from error
    kind, shown = ("image/jpeg", "inline") if row.is_photo else ("application/pdf", "attachment")
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'{shown}; filename="{name}"'
    response["Content-Security-Policy"] = ALONE
    response["Content-Length"], response["ETag"] = str(len(data)), etag
    return response
