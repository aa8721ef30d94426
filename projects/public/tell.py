"""The one page by which everybody may tell us that something is wrong, or that there is news.

No account, no script, no cookie: a form carries the signed moment at which it was made. Taking it in is
`tips.arrival`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from projects.accounts.adapters import AccountAdapter
from projects.accounts.rules import networks
from projects.choices import TipKind
from projects.core.refusals import Refused
from projects.models import Tip
from projects.pages import page_frame
from projects.pages.form_fields import Words
from projects.tips import arrival, public_answers, subjects
from projects.tips.arrival import TipMessage
from projects.tips.rules import words, working_days
from projects.words.refusals import in_words

FORM_SALT, RECEIPT_SALT = "projects.public.tell.form", "projects.public.tell.receipt"
MAX_OPEN = timedelta(days=1)  # how long a form may have stood open
TRAP = "homepage"  # a field that nobody sees
LABELS = {  # of what is typed, on the page of trouble, too
    "text": gettext_lazy("In your words"),
    "contact": gettext_lazy("How we reach you, if you like"),
    "link": gettext_lazy("A page that shows it, if you know one"),
}
TOO_LONG = {
    "text": gettext_lazy("What you say has %(show_value)d characters; at most %(limit_value)d can be sent."),
    "contact": gettext_lazy(
        "The contact has %(show_value)d characters; at most %(limit_value)d can be sent."
    ),
    "link": gettext_lazy("The address has %(show_value)d characters; at most %(limit_value)d can be sent."),
}


class TipForm(forms.Form):
    """What is typed; `doubt` says whether a machine may have sent it."""

    kind = forms.ChoiceField(choices=TipKind.choices)
    text = Words(max_length=words.MAX_TEXT)
    contact = forms.CharField(required=False, max_length=words.MAX_CONTACT)
    link = forms.URLField(required=False, max_length=words.MAX_LINK, assume_scheme="https")
    may_be_shown = forms.BooleanField(required=False)

    def __init__(self, data, at: datetime):
        super().__init__(data)
        self.at, self.seconds = at, 0.0
        self.fields["kind"].error_messages["required"] = _("Choose whether something is wrong or new.")
        self.fields["text"].error_messages["required"] = _("Say in a few words what is wrong, or new.")
        self.fields["link"].error_messages["invalid"] = _(
            "Give the address of a page, beginning with https://."
        )
        for name, sentence in TOO_LONG.items():
            self.fields[name].error_messages["max_length"] = sentence

    def clean_text(self) -> str:
        text = self.cleaned_data["text"].strip()
        if words.says_nothing(text):
            raise forms.ValidationError(
                _("Say it in words as well: an address alone does not tell us what you mean.")
            )
        return text

    def clean(self) -> dict:
        made_at = _made_at(self.data.get("made", ""))
        if made_at is None or not timedelta() <= self.at - made_at <= MAX_OPEN:
            raise forms.ValidationError(
                _("This form stood open for more than a day. Nothing is lost: look at it again, and send it.")
            )
        self.seconds = (self.at - made_at).total_seconds()
        return super().clean()

    def message(self) -> TipMessage:
        given = self.cleaned_data
        doubt = words.is_doubtful(given["text"], self.seconds, bool(self.data.get(TRAP)))
        return TipMessage(**given | {"kind": TipKind(given["kind"]), "is_doubtful": doubt})


def _made_at(signed: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(
            float(signing.loads(signed, salt=FORM_SALT)), timezone.get_current_timezone()
        )
    except (signing.BadSignature, ValueError, TypeError):
        return None


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    at, status = timezone.now(), 200
    today = timezone.localdate(at)
    about = subjects.read(request.POST or request.GET, today)
    form = TipForm(request.POST, at) if request.method == "POST" else None
    if form and form.is_valid():
        try:
            tip = arrival.receive(form.message(), about, _network(request), at=at)
            return _thanks(request, tip)
        except Refused as refused:
            form.add_error(None, in_words(refused))
            status = 429
    asked = page_frame.clocks_of(request)
    context = page_frame.frame(request, asked, "tell") | {
        "about": about,
        "form": form,
        "kinds": TipKind,
        "made": signing.dumps(at.timestamp(), salt=FORM_SALT),
        "trap": TRAP,
        "limits": words,
        "labels": LABELS,
        "tally": public_answers.tally(),
        "answers": public_answers.newest(today),
        "notices": working_days.notices(today, working_days.due(today).on),
        "received": _received(request.GET.get("received", "")),
    }
    return render(request, "public/tell.html", context, status=status)


tell.parameters = frozenset({*page_frame.FRAME, "project", "ref", "page", "received"})
tell.labels = LABELS


def _network(request: HttpRequest) -> str:
    return networks.network(AccountAdapter(request).get_client_ip(request))


def _thanks(request: HttpRequest, tip: Tip) -> HttpResponse:
    """By an address of its own, so that whoever loads it again sends nothing twice."""
    asked = {"received": signing.dumps(tip.pk, salt=RECEIPT_SALT)} | page_frame.aids(request)
    return HttpResponseRedirect(page_frame.link(reverse("tell"), asked, "main"))


def _received(signed: str) -> dict | None:
    """The number under which it came, and by when it is answered."""
    try:
        tip = (
            Tip.objects.only("due_on", "received_at")
            .filter(pk=signing.loads(signed, salt=RECEIPT_SALT))
            .first()
        )
    except signing.BadSignature:
        return None
    if tip is None:
        return None
    is_sure = working_days.is_sure(timezone.localdate(tip.received_at), tip.due_on)
    return {"number": tip.pk, "due_on": tip.due_on, "is_sure": is_sure}
