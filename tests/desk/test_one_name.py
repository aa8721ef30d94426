"""One name for one number: what the report form calls a figure or a date, every other place calls it, too."""

from decimal import Decimal

import pytest
from django.utils import translation

from projects.choices import Milestone, Topic
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.statements import Series
from projects.desk import book_file
from projects.models import Report
from projects.reports import diff_words
from projects.reports.rules.content import Actual, Promise
from projects.words.columns import COLUMNS
from projects.words.series import topic_word
from tests.paperwork import approved, content, on_record, submitted
from tests.public.reading import Page

pytestmark = pytest.mark.django_db
FIGURES = {
    "zh-hans": ("当年累计完成投资", "开工以来累计完成投资", "完成比例"),
    "en": ("invested in the year", "invested to date", "physical progress"),
}
NAMES = ("this_year", "to_date", "progress")
OTHER_WORDS = ("形象进度", "当年投资", "累计投资", "本期完成投资", "invested this year")
SERIES = (
    Series(Topic.INVESTED_IN_PERIOD, period="2026"),
    Series(Topic.INVESTED_TO_DATE),
    Series(Topic.PROGRESS),
)
SAID = content(
    this_year=Money(10**8, "yi", 0),
    progress=Decimal(40),
    promises=(Promise("completed", fuzzy_dates.parse("2027-06")),),
    actuals=(Actual("started", fuzzy_dates.parse("2024-05")),),
)
REPORT = "reports/2026-02/QJ-0001/"
WRITTEN = {"form": f"desk/{REPORT}", "table": "desk/table/2026-02/"}
WAITING = {
    "preview": f"desk/{REPORT}preview/",
    "sign-off": "desk/signoff/2026-02/",
    "review": "desk/review/2026-02/QJ-0001/",
}
PUBLISHED = {
    "my reports": "desk/reports/",
    "correction": f"desk/{REPORT}correct/",
    "project": "projects/{slug}/",
    "history": "projects/{slug}/history/",
    "source": "sources/report-2026-02-QJ-0001/",
    "admin": "admin/projects/claim/",
}
READERS = {"review": "reviewer", "admin": "editor"}
DATED = dict.fromkeys(("table", "my reports", "correction"), ())
DATED["form"] = ("completed",)  # the day that a stage began on has its box beside the stage


@pytest.fixture(params=FIGURES)
def language(request):
    with translation.override(request.param):
        yield request.param


@pytest.mark.parametrize("place", [*WRITTEN, *WAITING, *PUBLISHED])
def test_a_page_calls_each_figure_and_date_as_the_form_does(client, people, monthly_round, language, place):
    of = on_record()
    (approved if place in PUBLISHED else submitted)(of, people, SAID)
    if place in WRITTEN:
        Report.objects.update(state="draft", submitted_by=None, submitted_at=None)
    client.force_login(getattr(people, READERS.get(place, "reporter")))
    at = (WRITTEN | WAITING | PUBLISHED)[place].format(slug=of.slug)
    said = said_on(client.get(f"{'/en' if language == 'en' else ''}/{at}"), place)
    dated = [str(Milestone(code).label) for code in DATED.get(place, ("completed", "started"))]
    assert [name for name in (*FIGURES[language], *dated) if name.lower() not in said] == []
    assert [other for other in OTHER_WORDS if other in said] == []


def said_on(answer, place: str) -> str:
    """Of the admin the rows alone: its filter lists topics, which are not said of a year."""
    assert answer.status_code == 200
    page = Page(answer)
    rows = [one.text for one in page.all("tr")]
    return (" ".join(rows) if place == "admin" else page.main).lower()


def test_files_call_them_so_too(client, people, monthly_round, language):
    fields = [str(diff_words.FIELDS[name]) for name in NAMES]
    assert fields == [topic_word(series) for series in SERIES] == list(FIGURES[language])
    heads = [book_file.heads()[name].lower() for name in NAMES]
    assert all(head.startswith(name) for head, name in zip(heads, fields, strict=True))
    assert [str(COLUMNS[code].name) for code in ("invested_to_date", "progress")] == fields[1:]
    for milestone in Milestone:
        assert str(milestone.label) in str(COLUMNS[f"promised_{milestone.value}"].name)


def test_of_a_month_or_without_a_period_it_is_of_the_period():
    with translation.override("en"):
        said = [topic_word(Series(Topic.INVESTED_IN_PERIOD, period=text)) for text in ("2026-02", "")]
    assert said == ["invested in the period"] * 2
