"""All data as one zip, sent while it is read: every CSV and JSON file, with what they mean."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from projects.choices import EventKind
from projects.core.clocks import Clocks
from projects.opendata import (
    downloads,
    export_assertions,
    export_events,
    export_formats,
    export_neighbours,
    export_projects,
)
from projects.opendata.chosen_projects import ChosenProjects
from projects.opendata.export_files import FILES
from projects.opendata.export_formats import csv_file, json_file
from projects.opendata.export_sources import sources
from projects.opendata.names import names_text
from projects.pages import page_frame
from projects.pages.excel_file import PIECE, Sink
from projects.records import event_list, filters
from projects.records.event_list import Span
from projects.words.column import LANGUAGES


@page_frame.public_page()
@downloads.unless_known
def record_zip(request: HttpRequest) -> HttpResponse:
    return downloads.sent(request, "record.zip", downloads.ZIP, zipped(_files(request)))


def zipped(files: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """Of what is written at most a piece is held; no file is larger than a zip may say."""
    sink = Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for name, parts in files:
            entry = zipfile.ZipInfo(name)  # with no time of its own
            entry.compress_type = zipfile.ZIP_DEFLATED
            with made.open(entry, "w", force_zip64=True) as file:
                for part in parts:
                    file.write(part)
                    yield from sink.taken(PIECE)
    yield from sink.taken()


def _files(request: HttpRequest) -> Iterator[tuple[str, Iterable[bytes]]]:
    clocks = page_frame.clocks_of(request)
    head = export_formats.head(clocks, request.published_at)
    yield "README.txt", [readme(head).encode()]
    yield "words.csv", export_formats.words_file()
    chosen = ChosenProjects(filters.narrowed(QueryDict(), clocks), clocks)
    rows = export_projects.projects(chosen, request, with_records=True)
    yield "projects.json", json_file("projects", head, chosen.__len__, rows)
    yield "projects.csv", csv_file("projects", export_projects.projects(chosen, request))
    yield "milestones.csv", csv_file("milestones", export_projects.milestones(chosen))
    yield "parties.csv", csv_file("parties", export_projects.parties(chosen))
    yield "neighbours.csv", csv_file("neighbours", export_neighbours.neighbours(chosen))
    yield "promises.csv", csv_file("promises", export_projects.promises(chosen))
    yield from _assertions(clocks, head)
    yield "sources.csv", csv_file("sources", sources(clocks.known))
    yield (
        "comparison.csv",
        csv_file("comparison", export_events.events(_since_ever(clocks), EventKind.values)),
    )
    yield "names.json", [names_text(clocks).encode()]


def _assertions(clocks: Clocks, head: dict) -> Iterator[tuple[str, Iterable[bytes]]]:
    claims, figures = export_assertions.known_claims(clocks), export_assertions.live_statistics(clocks)
    quoted = export_assertions.claims(clocks, with_quotes=True)
    yield "claims.csv", csv_file("claims", export_assertions.claims(clocks))
    yield "claims.json", json_file("claims", head, claims.count, quoted)
    yield "statistics.csv", csv_file("statistics", export_assertions.statistics(figures))
    told = export_assertions.statistics(figures)
    yield "statistics.json", json_file("statistics", head, figures.count, told)


def _since_ever(clocks: Clocks) -> Span:
    days = event_list.two_days(QueryDict(), clocks)
    return Span(days.begins, days.ends, timezone.localdate(), is_counted=False)


def readme(head: dict) -> str:
    """In both languages: of which days it speaks, who publishes it under which licence, what each file is."""
    parts = []
    for language in LANGUAGES:
        with translation.override(language):
            parts.append("\n".join(_readme(head)))
    return "\n\n".join(parts) + "\n"


def _readme(head: dict) -> Iterator[str]:
    missing = _("not stated")
    yield _("Qijiang Project Progress: all data")
    yield ""
    yield _("As of %(asof)s, as it was known on %(known)s.") % {"asof": head["as_of"], "known": head["known"]}
    yield _("Published by: %(words)s") % {"words": settings.HOST_ORGANISATION or missing}
    yield _("Licence: %(words)s") % {"words": settings.LICENCE or missing}
    yield _("An empty cell means that nothing is known; it never means 0.")
    yield ""
    yield _("words.csv: what each column and each code means, in Chinese and in English")
    for file in FILES.values():
        listed = ", ".join(f"{file.name}.{one}" for one in file.formats if one != "xlsx")
        yield f"{listed}: {file.title}. {file.about}"
