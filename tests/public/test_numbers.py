"""Every number of every page is the count or the sum of the rows that it leads to, on random portfolios."""

import os
import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.urls import resolve

from projects.choices import Basis, Condition, Kind, Milestone, RecordType, Sector, Stage, Topic
from projects.claims import projection
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.statements import Number
from projects.models import Claim, Place, Project, Source
from projects.words import figures
from tests import cast
from tests.public.addresses import patterns
from tests.public.counting import NUMBER, Walk, numbers, silent_links
from tests.public.described import Descriptions
from tests.public.portfolio import Built
from tests.public.reading import Page

pytestmark = pytest.mark.django_db
BUILT: dict[int, Built] = {}
SEEDS = range(6 if os.environ.get("THOROUGH") else 1)


def random_portfolio(seed: int) -> None:
    """Built once; what follows only writes its rows again."""
    if seed in BUILT:
        BUILT[seed].write()
    else:
        build_portfolio(seed)
        BUILT[seed] = Built(None)


def build_portfolio(seed: int) -> None:
    """A few dozen projects of all kinds, some with parts, cancelled, promised, without a stage."""
    choose = random.Random(seed)
    town = cast.place("town", name="town", name_en="town")
    parks = (cast.place(code, name=code, name_en=code, parent=town) for code in ("park-a", "park-b"))
    places = [town, *parks]
    papers = [
        cast.source(),
        cast.source("notice", kind="notice", published="2025-03-01", title="公示", title_en="A notice"),
    ]
    made = []
    for _ in range(30):
        project = cast.project(
            kind=choose.choice(Kind.values),
            sector=choose.choice(["", *Sector.values]),
            record_type=choose.choice(RecordType.values),
            place=choose.choice([None, *places]),
            parent=choose.choice(made) if made and choose.random() < 0.2 else None,
        )
        made.append(project)
        say_something(project, choose, choose.choice(papers))
    for paper in (*papers, papers[0]):
        cast.statistic(Number(Decimal(choose.randint(1, 200)), "个"), source=paper)
    correct_something(choose, papers[1])
    projection.rebuild_all()


def correct_something(choose: random.Random, paper: Source) -> None:
    """Withdrawn or put right later: what was known then was another thing."""
    for wrong in choose.sample(list(Claim.objects.exclude(topic=Topic.WORKS)), 6):
        right = Stage.SIGNED.value if wrong.topic == Topic.STAGE and choose.random() < 0.5 else None
        fields = {
            "measure": wrong.measure,
            "as_of": wrong.as_of,
            "known_on": "2025-03-01",
            "source": paper,
        }
        cast.published(wrong.project, wrong.topic, right, corrects=wrong, note="更正", **fields)


def say_something(project: Project, choose: random.Random, paper: Source) -> None:
    """A third of it read into the source."""
    basis = {"basis": Basis.INFERRED, "note": "读作"} if int(project.code[-4:]) % 3 == 0 else {}
    cast.published(project, Topic.WORKS, "厂房", source=choose.choice([paper, cast.source()]))
    if choose.random() < 0.8:
        cast.published(project, Topic.STAGE, choose.choice(Stage.values), source=paper, **basis)
    if choose.random() < 0.2:
        cast.published(project, Topic.CONDITION, Condition.CANCELLED.value)
    if choose.random() < 0.4:
        cast.published(
            project,
            Topic.TOTAL_INVESTMENT,
            Money(choose.randint(1, 90) * 10**8, "yi", 0),
            source=paper,
            **basis,
        )
    if choose.random() < 0.5:
        due = fuzzy_dates.parse(choose.choice(["2024-12", "2025", "2026-09", "2027"]))
        cast.published(project, Topic.PROMISED, due, measure=Milestone.OPERATING.value, source=paper, **basis)
    if choose.random() < 0.3:
        on = fuzzy_dates.parse(choose.choice(["2024-03", "2024-10-01"]))
        cast.published(
            project, Topic.ACTUAL, on, measure=Milestone.OPERATING.value, as_of=on.text, source=paper
        )


COMPARED = "/compare/?from=2024-03-31&to=2025-06-30"
PATHS = (
    "/",
    "/projects/",
    "/projects/?kind=industrial&kind=transport&kind=digital",
    "/projects/?place=town&stage=none",
    "/projects/?q=0&sort=-total",
    "/projects/?asof=2024-06-30",
    "/timeline/",
    "/wall/",
    "/promises/",
    "/promises/?verdict=kept&verdict=no_word&sort=name",
    "/promises/?year=2025&verdict=late",
    "/compare/",
    COMPARED,
    "/compare/?from=2023-12-31&to=2024-05-01&counted=all",
    "/compare/?what=new",
    "/places/",
    "/places/town/",
    "/statistics/",
    "/sources/",
    "/sources/?asof=2024-06-30",
    "/data/",
    "/about/",
    "/about/changes/",
    "/follow/",
    "/news/",
    "/tell/",
)


def paths() -> Iterator[str]:
    yield from PATHS
    for slug in Project.objects.order_by("code").values_list("slug", flat=True)[:4]:
        yield from (f"/projects/{slug}/{page}" for page in ("", "history/", "board/"))
    yield from (f"/sources/{code}/" for code in Source.objects.values_list("code", flat=True))
    yield from (f"/places/{code}/" for code in Place.objects.values_list("code", flat=True))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_number_of_every_page_is_that_of_the_rows_it_leads_to(client, seed):
    random_portfolio(seed)
    walk = Walk(client)
    assert {path: wrong for path in paths() if (wrong := walk.wrong(path))} == {}
    assert walk.wrong("/en/") == walk.wrong("/en/projects/") == []


def test_the_numbers_are_there_and_every_public_page_is_walked(client):
    """Controls: each page with counts has them, and no door of the table is left out."""
    random_portfolio(0)
    walk = Walk(client)
    least = {"/": 20, "/projects/": 30, "/promises/": 8, "/compare/": 2, "/sources/": 6}
    for path, count in least.items():
        assert len(numbers(walk.page(path), path)) >= count, path
    walked = {resolve(urlsplit(path).path).url_name for path in paths()}
    pages = {one.name for one in patterns() if "." not in str(one.pattern)} - {"attachment"}
    assert pages - walked == set()


def test_no_number_in_a_link_is_silent_about_what_it_counts(client):
    random_portfolio(1)
    walk = Walk(client)
    assert {path: said for path in paths() if (said := silent_links(walk.page(path)))} == {}


@pytest.mark.parametrize(
    ("path", "template", "sound", "broken"),
    [
        ("/", "public/parts/home_kind.html", "counted=1 kind=row.kind", "counted='all' kind=row.kind"),
        ("/sources/", "public/source_list.html", "{{ source.claim_count }}", "{{ source.figure_count }}"),
        ("/compare/", "public/compare.html", "{{ one.count }}", "{{ forloop.counter }}"),
        ("/projects/", "public/parts/facet.html", "{{ choice.count }}", "{{ forloop.counter }}"),
        (
            "/projects/?stage=building",
            "public/parts/facet.html",
            "{{ choice.count }}",
            "{{ forloop.counter }}",
        ),
        ("/promises/", "public/promises.html", "verdict='no_word'", "verdict='kept'"),
    ],
)
def test_control_a_number_that_is_wrong_is_found(client, settings, tmp_path, path, template, sound, broken):
    random_portfolio(0)
    broken_template(settings, tmp_path, template, sound, broken)
    assert Walk(client).wrong(path)


def broken_template(settings, folder: Path, template: str, sound: str, broken: str) -> None:
    text = (settings.BASE_DIR / "templates" / template).read_text()
    assert sound in text
    (folder / template).parent.mkdir(parents=True)
    (folder / template).write_text(text.replace(sound, broken))
    settings.TEMPLATES = [one | {"DIRS": [folder, *one["DIRS"]]} for one in settings.TEMPLATES]


def test_control_a_silent_number_is_found():
    assert silent_links(Page(HttpResponse('<main><a href="/projects/">all 12</a></main>'))) == [
        "all 12: /projects/"
    ]


# What a shared link says


def test_every_number_of_a_description_is_that_of_its_rows(client):
    random_portfolio(0)
    descriptions = Descriptions(Walk(client))
    asked = [path for path in paths() if "/board/" not in path]
    assert {path: wrong for path in asked if (wrong := descriptions.wrong(path))} == {}


def test_every_number_of_a_sentence_that_leads_nowhere_is_right_too(client):
    random_portfolio(0)
    descriptions = Descriptions(Walk(client))
    asked = (
        "/",
        "/promises/",
        "/timeline/",
        COMPARED,
        "/places/",
        "/places/town/",
        "/sources/",
        "/sources/notice/",
    )
    assert {path: wrong for path in asked if (wrong := descriptions.wrong_sentences(path))} == {}


SENTENCES = {
    "/": (
        "public/parts/headline_en.html",
        "the stage of {{ overview.days.inferred",
        "the stage of {{ overview.count",
    ),
    "/promises/": ("public/promises.html", "count n=inferred", "count n=count"),
    "/timeline/": (
        "public/parts/outlook.html",
        "with coming=outlook.coming_words",
        "with coming=outlook.silent",
    ),
    COMPARED: ("public/parts/compared.html", "count n=count", "count n=3"),
    "/sources/notice/": (
        "public/parts/drawn_from.html",
        "count n=document.count",
        "count n=document.told|length",
    ),
}


@pytest.mark.parametrize("path", SENTENCES)
def test_control_a_wrong_number_of_a_sentence_is_found(client, settings, tmp_path, path):
    random_portfolio(0)
    broken_template(settings, tmp_path, *SENTENCES[path])
    assert Descriptions(Walk(client)).wrong_sentences(path)


DESCRIBED = {
    "/": (
        "public/parts/overview_in_short.html",
        '{{ stage|label:"stage" }} {{ count }}',
        '{{ stage|label:"stage" }} {{ forloop.counter }}',
    ),
    "/projects/?kind=industrial": (
        "public/parts/list_in_short.html",
        "{{ n }}{{ more }} projects",
        "{{ n }}0 projects",
    ),
    "/places/": ("public/place_list.html", "with of_all=count", "with of_all=placed"),
    "/places/town/": (
        "public/place_page.html",
        '_("not stated") }} {{ n }}',
        '_("not stated") }} {{ forloop.counter }}',
    ),
    "/promises/": ("public/promises.html", "with silent=kept.silent", "with silent=kept.kept"),
    "/timeline/": (
        "public/parts/outlook.html",
        "with coming=outlook.coming_words",
        "with coming=outlook.silent",
    ),
    COMPARED: (
        "public/compare.html",
        "|capfirst }} {{ one.count }}",
        "|capfirst }} {{ forloop.counter }}",
    ),
    "/sources/": ("public/source_list.html", "count n=source.taken_count", "count n=source.claim_count"),
    "/sources/notice/": (
        "public/parts/drawn_from.html",
        "count n=document.count",
        "count n=document.told|length",
    ),
    "/statistics/": ("public/parts/figure_in_short.html", "{% value said.value", "7{% value said.value"),
}


@pytest.mark.parametrize("path", DESCRIBED)
def test_control_a_wrong_number_of_a_description_is_found(client, settings, tmp_path, path):
    random_portfolio(0)
    broken_template(settings, tmp_path, *DESCRIBED[path])
    assert Descriptions(Walk(client)).wrong(path)


# Sums


def amounts(client, path: str) -> list[tuple[str, str | None, int | None]]:
    """Code, parent and total of the rows of a list, from its own download."""
    files = next(one for one in Page(client.get(path)).links if one.words == "JSON")
    rows = client.get(files.href).json()["projects"]
    return [(row["code"], row["parent"], row["total_investment"]) for row in rows]


def topmost(rows: list[tuple[str, str | None, int | None]]) -> list[int]:
    """The amounts of those above which no other has one."""
    known = {code: yuan for code, _, yuan in rows if yuan is not None}
    parents = {code: parent for code, parent, _ in rows}

    def above(code: str) -> Iterator[str]:
        while (code := parents.get(code)) is not None:
            yield code

    return [yuan for code, yuan in known.items() if not known.keys() & set(above(code))]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_sum_is_that_of_its_rows(client, seed):
    random_portfolio(seed)
    for path in ("/projects/", "/projects/?counted=1", "/projects/?kind=industrial&kind=water"):
        is_sum_of_its_rows(client, path)
    link = Page(client.get("/")).one("a", **{"data-sums": "total"})
    there = Page(client.get(link.given["href"])).one("strong", **{"data-sums": "total"})
    assert link.text == there.text == figures.total(sum(topmost(amounts(client, link.given["href"]))))


def is_sum_of_its_rows(client, path: str) -> None:
    rows = amounts(client, path)
    page = Page(client.get(path))
    added = topmost(rows)
    words = page.one("strong", **{"data-sums": "total"}).text if added else ""
    assert words == (figures.total(sum(added)) if added else "")
    if added:
        unknown = sum(yuan is None for *_, yuan in rows)
        left_out = len(rows) - unknown - len(added)
        before, _, after = page.one("p", "result").text.partition(words)
        assert int(NUMBER.findall(before)[-1]) == len(added) + left_out
        assert not left_out or int(NUMBER.findall(after)[0]) == left_out
