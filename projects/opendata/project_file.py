"""One project as JSON: its line of the whole file, with its claims."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from projects.opendata import downloads, export_assertions, export_formats, export_projects
from projects.opendata.chosen_projects import OneProject
from projects.opendata.export_files import FILES
from projects.pages import page_frame
from projects.records import one_project
from projects.records.old_addresses import moved

PROJECTS, CLAIMS = FILES["projects"], FILES["claims"]


@page_frame.public_page()
@downloads.unless_known
def project_json(request: HttpRequest, slug: str) -> HttpResponse:
    """As among all of them, with its claims; null where nothing was on record on that day."""
    project = one_project.find(slug)
    if project is None:
        return moved(request, slug, "project_json")
    clocks = page_frame.clocks_of(request)
    chosen = OneProject(project.pk, clocks)
    rows = export_projects.projects(chosen, request, with_records=True)
    said = export_assertions.claims(clocks, project)
    names, of_claim = ([one.code for one in columns] for columns in (PROJECTS.columns, CLAIMS.table))
    told = [dict(zip(names, export_formats.flat(row), strict=True)) for row in rows]
    claims = [dict(zip(of_claim, row, strict=True)) for row in said]
    found = told[0] | {"claims": claims} if told else None
    head = export_formats.head(clocks, request.published_at)
    content = head | {"count": len(told), "project": found}
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
