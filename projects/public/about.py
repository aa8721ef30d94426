"""How each figure is computed, the words, privacy and accessibility; made from what the code uses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.choices import COUNTED_TYPES, Condition, RecordType, Stage, Verdict
from projects.models import AuditEntry
from projects.pages import page_frame
from projects.words import judgements


@page_frame.public_page()
def about(request: HttpRequest) -> HttpResponse:
    context = page_frame.frame(request, page_frame.clocks_of(request), "about") | {
        "stages": [(stage, judgements.stage_meaning(stage)) for stage in Stage],
        "conditions": [(one, judgements.condition_meaning(one)) for one in Condition],
        "verdicts": [(one, judgements.verdict_note(one)) for one in Verdict],
        "counted": [one for one in RecordType if one in COUNTED_TYPES],
        "apart": [one for one in RecordType if one not in COUNTED_TYPES],
        "last_audit": AuditEntry.objects.first(),
    }
    return render(request, "public/about.html", context)
