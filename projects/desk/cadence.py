"""How often reports are expected: the stages asked quarterly, and the projects apart from their stage."""

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.choices import Role, Stage
from projects.desk.frame import desk_page, frame
from projects.desk.outcomes import onward
from projects.models import Project, QuarterlyStage
from projects.reports.rounds import ask_quarterly
from projects.reports.rules import rounds
from tracker.methods import BOTH

MAX_SHOWN = 200


class CadenceForm(forms.Form):
    """Only the stages of which reports are expected at all."""

    stages = forms.MultipleChoiceField(
        label=gettext_lazy("Stages reported quarterly"),
        help_text=gettext_lazy(
            "Their reports are expected for March, June, September and December; all others every month."
        ),
        choices=[(one.value, one.label) for one in Stage if one in rounds.EXPECTED],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose stages of the list.")},
    )


@desk_page(Role.REVIEWER, Role.EDITOR, methods=BOTH)
def cadence(request: HttpRequest) -> HttpResponse:
    asked = list(QuarterlyStage.objects.values_list("stage", flat=True))
    form = CadenceForm(request.POST if request.method == "POST" else None, initial={"stages": asked})
    if form.is_bound and form.is_valid():
        ask_quarterly(form.cleaned_data["stages"], by=request.user, at=timezone.now())
        messages.success(request, _("Kept. Months of closed rounds stay as they are."))
        return onward(request, "cadence")
    context = {"form": form, "apart": _apart()[:MAX_SHOWN], "may_edit": request.person.has(Role.EDITOR)}
    return render(request, "desk/cadence.html", frame(request, "rounds") | context)


def _apart() -> QuerySet[Project]:
    """With a cadence of their own, which an editor gives them in the admin."""
    return Project.objects.public().exclude(cadence="")
