"""Workbooks that editors take along: the empty form, and the projects of a filter with their versions."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override

from projects.choices import Role
from projects.desk.frame import desk_page
from projects.imports import blank_sheets, record_sheets
from projects.models import Current
from projects.pages.excel_file import EXCEL
from projects.records import filters
from projects.records.filters import WholeFilter
from tracker.methods import READING

FILE_NAMES = {
    "projects": "项目填报表.xlsx",
    "claims": "项目数据填报表.xlsx",
    "statements": "逐条数据填报表.xlsx",
    "parties": "参建单位填报表.xlsx",
    "organisations": "单位信息填报表.xlsx",
}


@desk_page(Role.EDITOR, methods=READING)
def import_blank(request: HttpRequest, of: str) -> StreamingHttpResponse:
    if of not in blank_sheets.FORMS:
        raise Http404
    return _sent(blank_sheets.blank_form(of, timezone.now()), FILE_NAMES[of])


@desk_page(Role.EDITOR, methods=READING)
def import_record(request: HttpRequest) -> StreamingHttpResponse:
    at = timezone.now()
    asked, day = filters.meant(request.GET)[0], timezone.localdate(at)
    rows = WholeFilter(asked, Current.objects.all(), day).qs
    return _sent(record_sheets.record_workbook(rows, at), "项目.xlsx")


def _sent(parts: Iterator[bytes], name: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(_spoken(parts, get_language()), content_type=EXCEL)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


def _spoken(parts: Iterator[bytes], language: str) -> Iterator[bytes]:
    """Sent after the request, in its language."""
    while True:
        with override(language):
            part = next(parts, None)
        if part is None:
            return
        yield part
