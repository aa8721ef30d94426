"""The page of downloads: which files there are, how large they are, and what each column means."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from projects.models import Claim, Current, Neighbour, ProjectMilestone, ProjectParty, Source, Statistic
from projects.opendata.export_files import FILES
from projects.pages import page_frame

MAX_COUNTED = 10_000  # rows: beyond them a file is "more than" so large


@page_frame.public_page()
def data(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    files = [
        {
            "file": file,
            "formats": [(f"{name}_{one}", one.upper()) for one in file.formats],
            "bytes": min(count, MAX_COUNTED) * file.bytes_a_row,
            "is_more": count > MAX_COUNTED,
        }
        for name, file in FILES.items()
        for count in [_rows_of(name)[: MAX_COUNTED + 1].count() if file.bytes_a_row else 0]
    ]
    context = page_frame.frame(request, clocks, "data") | {"files": files}
    return render(request, "public/data.html", context)


def _rows_of(file: str) -> QuerySet:
    """Those of today."""
    today = timezone.localdate()
    rows = {
        "projects": Current.objects.all(),
        "milestones": ProjectMilestone.objects.today(),
        "parties": ProjectParty.objects.filter(project__is_public=True),
        "neighbours": Neighbour.objects.all(),
        "promises": ProjectMilestone.objects.today().filter(first_latest__isnull=False),
        "claims": Claim.objects.public(today),
        "statistics": Statistic.objects.public(today),
        "sources": Source.objects.filter(is_public=True),
    }
    return rows[file].order_by()
