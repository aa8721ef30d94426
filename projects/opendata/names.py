"""What may be typed into a search: the names of records, to be offered while one types."""

import json
from itertools import chain

from django.http import HttpRequest, HttpResponse

from projects.audit import data_version
from projects.choices import AliasKind
from projects.claims import standings
from projects.core.clocks import Clocks
from projects.models import Alias
from projects.opendata.export_formats import head
from projects.pages import page_frame

MAX_NAMES = 1000  # for the list under a search field


@page_frame.public_page()
def names_json(request: HttpRequest) -> HttpResponse:
    return HttpResponse(names_text(page_frame.clocks_of(request)), content_type="application/json")


def names_text(clocks: Clocks) -> str:
    """The file itself."""
    found = names(clocks)
    content = head(clocks, data_version.number_and_moment()[1]) | {"count": len(found), "names": found}
    return json.dumps(content, ensure_ascii=False, indent=1)


def names(clocks: Clocks) -> list[str]:
    """What records are called, those of which something became known last before the others."""
    rows = standings.on(clocks).order_by("-last_known_on", "-number")
    found = {
        project: [name, name_en]
        for project, name, name_en in rows.values_list("project", "name", "name_en")[:MAX_NAMES]
    }
    others = Alias.objects.filter(project__in=found).exclude(kind=AliasKind.MISPRINT).order_by("name")
    for project, name in others.values_list("project", "name"):
        found[project].append(name)
    return list(dict.fromkeys(filter(None, chain.from_iterable(found.values()))))[:MAX_NAMES]
