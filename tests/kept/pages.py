"""Addresses for `test_kept` alone: views that count how often they were asked."""

from collections import Counter

from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.utils.translation import get_language

from projects.models import User
from tracker.kept import do_not_keep, public_page

asked = Counter()
SENTENCE = "綦江的项目。" * 50


@public_page("q", "page")
def page(request):
    """Says which asking it is, so that an answer made anew differs."""
    asked["page"] += 1
    User.objects.count()
    query = request.GET.get("q", "")
    return HttpResponse(f"{SENTENCE} {get_language()} {query} {asked['page']}")


@public_page("q")
def odd(request):
    """Finds that its question means nothing, and says so."""
    asked["odd"] += 1
    do_not_keep(request)
    return HttpResponse(f"nothing is meant by {request.GET.get('q')}")


@public_page()
def broken(request):
    asked["broken"] += 1
    return HttpResponse("gone", status=404)


@public_page()
def stream(request):
    asked["stream"] += 1
    return StreamingHttpResponse(["a", "b"])


@public_page()
def greeting(request):
    """A mistake: a page for everyone that greets one."""
    asked["greeting"] += 1
    return HttpResponse(f"Hello {request.user}")


@public_page()
def form(request):
    """Another: a page for everyone with a token for one."""
    asked["form"] += 1
    return HttpResponse(get_token(request))


@public_page()
def marked(request):
    asked["marked"] += 1
    response = HttpResponse("marked")
    response.set_cookie("seen", "1")
    return response


@login_not_required
def unmarked(request):
    asked["unmarked"] += 1
    return HttpResponse("open, and not kept")


def inside(request):
    return HttpResponse("only after login")


VIEWS = (page, odd, broken, stream, greeting, form, marked, unmarked, inside)
urlpatterns = i18n_patterns(
    *(path(f"{view.__name__}/", view) for view in VIEWS),
    path("desk/page/", page),
    path("accounts/login/", unmarked, name="account_login"),
    prefix_default_language=False,
)
