"""Every value on every public page says whether it is our reading, how exact it is and how old.

Of a made-up portfolio in which it is one or the other; of the fixtures it is `tests/fixtures/test_values`.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest

from projects.choices import Basis, Topic
from projects.core import fuzzy_dates
from projects.core.clocks import Clocks
from projects.core.statements import Number
from projects.models import Place, Project, Source
from projects.opendata import calendars, feeds
from projects.pages import calendar_file
from tests import cast
from tests.public import entries
from tests.public.held import Tables
from tests.public.portfolio import Portfolio, settle, yi
from tests.public.values import walk

pytestmark = pytest.mark.django_db

PAST = date(2025, 6, 30)
PATHS = (
    *("/", "/projects/", "/projects/?counted=all", "/projects/?sort=-total", "/projects/?q=厂"),
    *("/timeline/", "/wall/", "/promises/", "/compare/?from=2019-12-31&to=2026-03-01", "/news/"),
    *("/places/", "/statistics/", "/sources/"),
)
READ = {"basis": Basis.INFERRED.value, "note": "读作"}


@pytest.fixture
def doubted(made) -> Portfolio:
    """Of a factory every value is our reading and inexact; dates moved, amounts disagree, a stage is old."""
    of, said = made.plant, READ | {"source": made.notice}
    dated = fuzzy_dates.parse
    cast.published(of, value="completed", qualifier="nearly", as_of="2023-03", **said)
    total = {"topic": Topic.TOTAL_INVESTMENT, "as_of": "2024-10"}
    cast.published(of, value=yi(3), qualifier="about", **total, **said)
    cast.published(of, value=yi(4), qualifier="over", known_on="2025-03-01", **total, **READ)
    cast.published(
        made.logistics, Topic.AGREED_INVESTMENT, yi(7), qualifier="nearly", as_of="2025-01", **said
    )
    cast.published(of, Topic.CAPACITY, Number(Decimal(9), "个"), measure="water", qualifier="over", **said)
    cast.published(of, Topic.WORKS, "两座厂房", **said)
    began = {"measure": "started", "as_of": "2025-01"}
    cast.published(of, Topic.ACTUAL, dated("2025-01"), **began, **said)
    promise = {"topic": Topic.PROMISED, "qualifier": "expected"}
    cast.published(
        of,
        value=dated("2025-06"),
        measure="full_capacity",
        as_of="2025-02",
        known_on="2025-02-28",
        **promise,
        **said,
    )
    cast.published(of, value=dated("2026-05"), measure="full_capacity", **promise, **said)
    cast.published(of, value=dated("2027"), measure="operating", scope="二期", **promise, **said)
    cast.published(of, value=dated("2024-02"), measure="structure", scope="二期", **promise, **said)
    cast.statistic(yi(8), subject=cast.indicator("output"), qualifier="over", **said)
    settle()
    return made


def paths() -> list[str]:
    return [
        *PATHS,
        *(
            f"/projects/{one.slug}/{page}"
            for one in Project.objects.all()
            for page in ("", "history/", "board/")
        ),
        *(f"/sources/{code}/" for code in Source.objects.values_list("code", flat=True)),
        *(f"/places/{code}/" for code in Place.objects.values_list("code", flat=True)),
    ]


def faults(
    client, paths: Iterable[str], language: str = "zh", day: date = cast.TODAY
) -> dict[str, list[str]]:
    found = dict(walk(client, paths, language, day, cast.TODAY))
    assert sum(one.seen for one in found.values()) > 100
    return {path: one.faults for path, one in found.items() if one.faults}


@pytest.mark.parametrize("day", [cast.TODAY, PAST], ids=str)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_value_says_what_it_is(client, doubted, language, day):
    assert faults(client, paths(), language, day) == {}


# A page of each that shows values; first those that show most of them.
FEW = (
    *(
        "/projects/plant/",
        "/projects/plant/board/",
        "/projects/plant/history/",
        "/projects/?counted=all",
        "/",
    ),
    *("/compare/?from=2019-12-31&to=2026-03-01", "/sources/notice/", "/places/park/", "/statistics/"),
    *("/timeline/", "/wall/", "/promises/", "/news/"),
)
MARK = r'{% include "public/parts/inferred.html"[^%]*%}|<span class="basis">{% translate "inferred" %}</span>'
INFERRED = re.compile(rf"{{% if [^%]*%}}\s*(&#32;)?\s*({MARK})\s*{{% endif %}}")
FORGETS = (
    *("amount", "board_date", "claim_row", "clause", "conflicts", "date_said", "events"),
    *("facts", "news_line", "note", "said_value", "statistic_note", "statistic_value", "sum_said", "told"),
)
BROKEN = {
    **{f"public/parts/{part}.html": (INFERRED, "") for part in FORGETS},
    "parts/stage.html": (re.compile("{{ last_said|said_as_of }}"), ""),
    "public/parts/last_report.html": (re.compile("{% if of %}.*{% endif %}", re.DOTALL), ""),
    "public/parts/slope.html": (
        re.compile(r"(line\.told\.first\.value) line\.told\.first\.qualifier"),
        r"\1",
    ),
    "public/parts/caption.html": (
        re.compile('{% include "public/parts/date_said.html"'),
        "{{ mark.said.value|fuzzy }}",
    ),
}


@pytest.mark.parametrize("template", BROKEN)
def test_control_what_forgets_it_is_found(client, doubted, settings, tmp_path, template):
    pattern, instead = BROKEN[template]
    text = (settings.BASE_DIR / "templates" / template).read_text()
    broken, count = pattern.subn(instead, text)
    assert count
    (tmp_path / template).parent.mkdir(parents=True)
    (tmp_path / template).write_text(broken)
    settings.TEMPLATES = [one | {"DIRS": [tmp_path, *one["DIRS"]]} for one in settings.TEMPLATES]
    assert any(one.faults for _, one in walk(client, FEW, "zh", cast.TODAY, cast.TODAY))


def test_control_the_few_pages_are_sound(client, doubted):
    assert faults(client, FEW) == {}


# Feeds and calendars

DOORS = {"zh": "", "en": "/en"}


def entry_faults(client, language: str = "zh", day: date = cast.TODAY) -> dict[str, list[str]]:
    """Of the files of everything and of each record."""
    files = ["/feeds/projects.atom", "/calendar.ics"]
    for slug in Project.objects.values_list("slug", flat=True):
        files += [f"/feeds/projects/{slug}.atom", f"/projects/{slug}/milestones.ics"]
    tables, asked = (
        Tables(Clocks(day, cast.TODAY, cast.TODAY), language),
        f"?asof={day}" * (day != cast.TODAY),
    )
    found = {path: list(entries.entries(client, DOORS[language] + path + asked)) for path in files}
    assert min(len(found[path]) for path in files[:2]) > 2
    said = {path: entries.faults(ones, tables, language) for path, ones in found.items()}
    return {path: wrong for path, wrong in said.items() if wrong}


@pytest.mark.parametrize("day", [cast.TODAY, PAST], ids=str)
@pytest.mark.parametrize("language", DOORS)
def test_every_entry_of_a_feed_or_a_calendar_says_what_it_is(client, doubted, language, day):
    assert entry_faults(client, language, day) == {}


def another(words: str) -> str:
    return re.sub(r"20(\d\d)", lambda year: f"21{year[1]}", words)


def without_mark(words: str) -> str:
    return "" if words == " (inferred)" else words


MISTAKEN = {
    "another year in the news": (feeds, "sentence", lambda tell: lambda event: another(tell(event))),
    "another year in a calendar": (calendars, "_words", lambda tell: lambda one: another(tell(one))),
    "nothing but a name": (calendars, "_words", lambda tell: lambda one: ""),
    "another day": (calendar_file, "timedelta", lambda days: lambda **_: days(2)),
    "news as a fact": (feeds, "_", lambda tell: without_mark),
    "a date as a fact": (calendars, "_", lambda tell: without_mark),
}


@pytest.mark.parametrize("fault", MISTAKEN)
def test_control_an_entry_that_is_mistaken_is_found(client, doubted, monkeypatch, fault):
    module, name, broken = MISTAKEN[fault]
    monkeypatch.setattr(module, name, broken(getattr(module, name)))
    assert entry_faults(client) != {}
