"""What the application is measured beside, in one program: hello, a typical page, a first-attempt tracker.

    BENCH_URL=sqlite:///FILE python -m granian --interface wsgi tests.bench.others:application

*Typical page*: 25 rows, ORM, template, usual middleware. *First attempt*: one flat table, list with COUNT(*)
and OFFSET, `icontains`, a query a row, GROUP BY a view, an export built in memory. It is kept bad on purpose.
"""

import csv
import io
import os

import environ
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models

from tests.bench.names import name_of

LISTED = """<!doctype html><html><head><title>{{ title }}</title></head><body><h1>{{ title }}</h1>
<form><input name="q" value="{{ q }}"></form>{% if page %}<p>{{ page.paginator.count }}</p>{% endif %}
<table>{% for one in rows %}
<tr><td><a href="/projects/{{ one.pk }}/">{{ one.name }}</a></td><td>{{ one.stage }}</td>
<td>{{ one.kind }}</td><td>{{ one.place }}</td><td>{{ one.total|default:"-" }}</td>
<td>{{ one.updated|date:"Y-m-d" }}</td>
{% if page %}<td>{% for m in one.milestones.all %}{{ m.name }} {{ m.due|date:"Y-m" }}; {% endfor %}</td>
{% endif %}</tr>{% endfor %}</table></body></html>"""
COUNTED = """<!doctype html><html><body>
{% for one in stages %}<p>{{ one.stage }} {{ one.n }} {{ one.yuan }}</p>{% endfor %}
{% for one in kinds %}<p>{{ one.kind }} {{ one.n }}</p>{% endfor %}
{% for one in late %}<p>{{ one.name }} {{ one.n }}</p>{% endfor %}</body></html>"""
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
PAGE = 25
HELLO = b"hello" * 20_000
MANY_HEADERS = [(f"X-Header-{number}", "the length of a usual header") for number in range(11)]

if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        SECRET_KEY="of the bench alone",
        ROOT_URLCONF=__name__,
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions"],
        MIDDLEWARE=MIDDLEWARE,
        DATABASES={"default": environ.Env.db_url_config(os.environ["BENCH_URL"]) | {"CONN_MAX_AGE": 60}},
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [
                        ("django.template.loaders.locmem.Loader", {"list": LISTED, "counts": COUNTED})
                    ],
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                    ],
                },
            }
        ],
    )

_django = get_wsgi_application()

# Only now is there anything to import tables with.
from django.core.paginator import Paginator  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.shortcuts import get_object_or_404, render  # noqa: E402
from django.urls import path  # noqa: E402


class Project(models.Model):
    name = models.CharField(max_length=100)
    stage = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    place = models.CharField(max_length=50)
    total = models.BigIntegerField(null=True)
    updated = models.DateField()

    class Meta:
        app_label = "bench"
        ordering = ["-updated", "name"]

    def __str__(self):
        return self.name


class Milestone(models.Model):
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="milestones")
    name = models.CharField(max_length=20)
    due = models.DateField()

    class Meta:
        app_label = "bench"

    def __str__(self):
        return self.name


def typical(request):
    rows = Project.objects.order_by("pk")[:PAGE]
    return render(request, "list", {"title": "Projects", "rows": rows})


def project_list(request):
    rows, asked = Project.objects.all(), request.GET.get("q", "")
    if asked:
        rows = rows.filter(models.Q(name__icontains=asked) | models.Q(place__icontains=asked))
    if stage := request.GET.get("stage"):
        rows = rows.filter(stage=stage)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "list", {"title": "Projects", "q": asked, "page": page, "rows": page.object_list})


def project_page(request, pk):
    return render(
        request, "list", {"title": "Project", "rows": [get_object_or_404(Project, pk=pk)], "page": True}
    )


def overview(request):
    found = {
        "stages": Project.objects.order_by()
        .values("stage")
        .annotate(n=models.Count("pk"), yuan=models.Sum("total")),
        "kinds": Project.objects.order_by().values("kind").annotate(n=models.Count("pk")),
        "late": Milestone.objects.filter(due__lt="2023-01-01")
        .values("name")
        .annotate(n=models.Count("project")),
    }
    return render(request, "counts", found)


def export(request):
    file = io.StringIO()
    writer = csv.writer(file)
    for one in Project.objects.prefetch_related("milestones"):
        due = [f"{step.name} {step.due}" for step in one.milestones.all()]
        writer.writerow([one.name, one.stage, one.kind, one.place, one.total, one.updated, *due])
    return HttpResponse(file.getvalue(), content_type="text/csv")


urlpatterns = [
    path("typical/", typical),
    path("projects/", project_list),
    path("projects/<int:pk>/", project_page),
    path("overview/", overview),
    path("projects.csv", export),
]


def application(environ, start_response):
    if environ["PATH_INFO"] == "/hello/":
        weight = int(environ["QUERY_STRING"] or 0)
        body = HELLO[: weight or 5]
        headers = [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))]
        start_response("200 OK", [*headers, *MANY_HEADERS] if weight else headers)
        return [body]
    return _django(environ, start_response)


def fill(size: int) -> None:
    """The same projects, as far as a flat table holds them."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 (once Django is set up)
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection, transaction  # noqa: PLC0415

    assert get_user_model()
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Project)
        editor.create_model(Milestone)
    for first in range(1, size + 1, 5_000):
        numbers = range(first, min(first + 5_000, size + 1))
        with transaction.atomic():
            Project.objects.bulk_create(
                [Project(pk=number, **flat(number)) for number in numbers], batch_size=500
            )
            Milestone.objects.bulk_create(
                [Milestone(project_id=number, **step) for number in numbers for step in steps(number)],
                batch_size=500,
            )


def flat(number: int) -> dict:
    return {
        "name": name_of(number),
        "stage": f"stage{number % 5}",
        "kind": f"kind{number % 11}",
        "place": f"园区{number % 12}",
        "total": number * 10**6 if number % 3 else None,
        "updated": f"20{18 + number % 6}-{number % 12 + 1:02}-15",
    }


def steps(number: int) -> list[dict]:
    return [{"name": f"step{one}", "due": f"20{18 + (number + one) % 9}-06-30"} for one in range(5)]


if __name__ == "__main__":
    import sys

    fill(int(sys.argv[1]))
