"""How each figure is computed, the words, privacy and accessibility; made from what the code uses."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from projects.choices import COUNTED_TYPES, Condition, RecordType, Stage, Verdict
from projects.models import AuditEntry
from projects.pages import lost_forms, page_frame
from projects.tips import erasure
from projects.words import judgements
from tracker.backups import backup


def retention() -> list[tuple[str, str]]:
    """What of people is kept, and for how long."""
    hours, minutes = settings.SESSION_LONGEST // 3600, lost_forms.KEPT_FOR.seconds // 60
    after, at_most = erasure.KEPT_AFTER_CLOSING.days, erasure.KEPT_AT_MOST.days
    return [
        (
            _("What people tell us: their words, contact and link"),
            _("%(after)s days after the answer, at most %(most)s days") % {"after": after, "most": at_most},
        ),
        (_("The code of the address from which that came"), _("one day")),
        (_("Our answer and what it is about"), _("for good")),
        (
            _("Accounts of officials, and which of them decided on what"),
            _("for good: who has left is deactivated, and the record of changes stays whole"),
        ),
        (_("Sessions of officials"), _("%(hours)s hours at most") % {"hours": hours}),
        (
            _("What officials typed when their session had ended"),
            _("%(minutes)s minutes") % {"minutes": minutes},
        ),
        (
            _("Logs of the server: faults, and who signed in; never what was typed"),
            _("as the publisher sets it"),
        ),
        (
            _("Backups of all of it"),
            _("the last %(count)s, one a day; the oldest go first") % {"count": backup.KEEP},
        ),
    ]


@page_frame.public_page()
def about(request: HttpRequest) -> HttpResponse:
    context = page_frame.frame(request, page_frame.clocks_of(request), "about") | {
        "stages": [(stage, judgements.stage_meaning(stage)) for stage in Stage],
        "conditions": [(one, judgements.condition_meaning(one)) for one in Condition],
        "verdicts": [(one, judgements.verdict_note(one)) for one in Verdict],
        "counted": [one.label for one in RecordType if one in COUNTED_TYPES],
        "apart": [one.label for one in RecordType if one not in COUNTED_TYPES],
        "retention": retention(),
        "last_audit": AuditEntry.objects.first(),
    }
    return render(request, "public/about.html", context)
