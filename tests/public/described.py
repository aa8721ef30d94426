"""What the description of a shared link counts, each number followed to its rows (`counting`).

A description has no marks: which words count what is written here, in English; the Chinese says the same.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from urllib.parse import urlencode, urlsplit

from django.db.models import Q, QuerySet
from django.urls import resolve
from django.utils import translation

from projects.choices import Age, Basis, EventKind, Stage
from projects.core.clocks import Clocks
from projects.core.money import Money
from projects.core.statements import Number as Figure
from projects.core.statements import Value
from projects.models import Claim, Current, Indicator, Place, Project, ProjectMilestone, Source, Statistic
from projects.words import dates, figures
from projects.words.language import in_language
from projects.words.stage_words import stage_word
from tests import cast
from tests.public.counting import NUMBER, Number, Walk
from tests.public.reading import Page, own_words

DOORS = {"": "zh-hans", "/en": "en"}
Counts = Callable[[Walk, str], int]
MONTHS = "|".join(
    ("January|February|March|April|May|June", "July|August|September|October|November|December")
)
# Days, ages, and what somebody searched for.
ELSEWHERE = re.compile(
    rf"“[^”]*”|https?://\S+|(?:\d+ )?(?:{MONTHS}) \d{{4}}|Q\d \d{{4}}|\b(?:19|20)\d\d\b(?!年)"
    r"|\d{4}年(?:\d+月)?(?:\d+日)?|\d+ (?:day|month|year)s? (?:ago|after)"
    r"|\d+ (?:天|个月|年)多?[前后]|截至日 \d+ (?:天|个月|年)"
)
NAMED = (Project, Place, Indicator)
ENDED = (EventKind.COMPLETED, EventKind.OPERATING)
TOLD = {"lede", "headline", "small"}
CUT = re.compile(r"[^.:·。：]*…$")


def description(page: Page) -> str:
    """The same for those who share it."""
    said = page.one("meta", name="description").given["content"]
    assert page.one("meta", property="og:description").given["content"] == said
    return said


def of_rows(counts: str, path: str, walk: Walk, _here: str) -> int:
    return walk.rows(Number(0, counts, path))


def listed(walk: Walk, here: str) -> int:
    return walk.rows(Number(0, "project", here))


def projects(**query: str) -> Counts:
    return partial(of_rows, "project", f"/projects/?{urlencode({'counted': '1'} | query)}")


def placed(walk: Walk, here: str) -> int:
    return projects()(walk, here) - projects(place="none")(walk, here)


def coming(_walk: Walk, _here: str) -> int:
    rows = ProjectMilestone.objects.to_come(Clocks(cast.TODAY, cast.TODAY, cast.TODAY))
    return rows.filter(to_come_on__lte=cast.TODAY + timedelta(days=365)).count()


def happened(walk: Walk, here: str, what: EventKind | None = None) -> int:
    kinds = [what] if what else [kind for kind in EventKind if kind != EventKind.NEW]
    asked = (f"{here}{'&' if '?' in here else '?'}what={kind.value}" for kind in kinds)
    return sum(walk.rows(Number(0, "event", path)) for path in asked)


def taken(code: str) -> Counts:
    def rows(walk: Walk, here: str) -> int:
        return sum(of_rows(what, f"/sources/{code}/", walk, here) for what in ("claim", "figure"))

    return rows


def of_stages(**query: str) -> dict[str, Counts]:
    found = {rf"\b{stage.label} (\d+)": projects(stage=stage.value, **query) for stage in Stage}
    return found | {r"not stated (\d+)": projects(stage="none", **query)}


def called(here: dict[str, str]) -> dict[str, Counts]:
    """Of a place: its stages go by the words of what is there."""
    every = defaultdict(set)
    inside = Q(project__place__code=here["place"]) | Q(project__place__parent__code=here["place"])
    for row in Current.objects.filter(inside, is_counted=True).exclude(stage="").select_related("project"):
        every[Stage(row.stage)].add(stage_word(row.stage, row.stage_qualifier, row.project))
    words = {stage: "|".join(sorted(of_stage)) for stage, of_stage in every.items()}
    found = {rf"\b(?:{said}) (\d+)": projects(stage=stage.value, **here) for stage, said in words.items()}
    return found | {r"not stated (\d+)": projects(stage="none", **here)}


SILENT = {r"(\d+) (?:is|are) past due": partial(of_rows, "promise", "/promises/?verdict=no_word")}


def counts(path: str) -> dict[str, Counts]:
    """By the words around each number of the page of an address; none where it tells values alone."""
    found = resolve(urlsplit(path).path)
    match found.url_name:
        case "home":
            return {r"^(\d+) investment project": projects()} | of_stages()
        case "project_list":
            return {r"(?:^|: |)(\d+) projects?\.": listed}
        case "place_list":
            return {r"Of (\d+) projects": projects(), r"places? of (\d+) w": placed}
        case "place_page":
            here = {"place": found.kwargs["code"]}
            ages = {rf"{age.label} (\d+)": projects(age=age.value, **here) for age in Age}
            return {r"(\d+) projects? (?:is|are) reported": projects(**here)} | ages | called(here)
        case "promises":
            every = partial(of_rows, "promise", "/promises/")
            return {r"^(\d+) dates? w": every} | SILENT
        case "timeline":
            return {r"^(\d+) promised dates? falls? due": coming} | SILENT
        case "compare":
            kinds = {rf"\b{kind.label} (\d+)": partial(happened, what=kind) for kind in EventKind}
            return {r": (\d+) events?\.": happened} | kinds
        case "source_list":
            codes = Source.objects.values_list("title_en", "code")
            return {rf"{re.escape(title)}: (\d+) statements? w": taken(code) for title, code in codes}
        case "source_page":
            return {r"(\d+) statements? w": taken(found.kwargs["code"])}
    return {}


def in_sentences(path: str) -> dict[str, Counts]:
    """The same of the sentences that a page begins with, where a number leads nowhere."""
    counted = Current.objects.filter(is_counted=True)
    with_total = counted.filter(total_investment__isnull=False)
    match resolve(urlsplit(path).path).url_name:
        case "home":
            since = f"/compare/?from={cast.TODAY.year - 1}-12-31&to={cast.TODAY}"
            return {
                r"the stage of (\d+) is": rows_of(counted.filter(stage_basis=Basis.INFERRED)),
                r"(\d+)(?= of the \d+ ha)": rows_of(with_total),
                r"(?<=of the )(\d+)(?= ha)": rows_of(counted),
                r"\((\d+) inferred\)": rows_of(with_total.filter(is_total_stated=False)),
                r"(\d+) started": lambda walk, _here: happened(walk, since, EventKind.STARTED),
                r"(\d+) finished": lambda walk, _here: sum(happened(walk, since, one) for one in ENDED),
            }
        case "promises":
            read = ProjectMilestone.objects.today().filter(first_latest__isnull=False, is_first_stated=False)
            return {r"(\d+) of them (?:is|are) this": rows_of(read)}
        case "project_list":
            return {}
    return counts(path)


def rows_of(rows: QuerySet) -> Counts:
    return lambda _walk, _here: rows.count()


def sentences(page: Page) -> str:
    """Those in which it says how many there are, without what says itself what it counts."""
    marked = [one for one in page.elements if {"data-counts", "data-sums"} & one.given.keys()]
    told = [one for one in page.all("p") if one.is_in("main") and TOLD & set(one.classes)]
    return " ".join(own_words(one, marked) for one in told)


class Descriptions:
    """Of the pages of a walk; beside counts they tell names and days, or else values of statements."""

    def __init__(self, walk: Walk):
        self.walk = walk
        self.names = {door: _names(language) for door, language in DOORS.items()}
        self.values = {door: _values(language) for door, language in DOORS.items()}

    def wrong(self, path: str) -> list[str]:
        """Each number that is not that of its rows, or of which nobody knows what it counts."""
        said = {door: description(self.walk.page(door + path)) for door in DOORS}
        with translation.override("en"):
            counted = counts(f"/en{path}")
        english = CUT.sub("", said["/en"])
        found = self._of_nothing(path, english, counted)
        numbers = [sorted(NUMBER.findall(_without(self.names[door], one))) for door, one in said.items()]
        is_whole = not any(one.endswith("…") for one in said.values())
        if counted and is_whole and numbers[0] != numbers[1]:
            found.append(f"{said['']} but {english}")
        return found

    def wrong_sentences(self, path: str) -> list[str]:
        with translation.override("en"):
            counted = in_sentences(f"/en{path}")
        return self._of_nothing(path, sentences(self.walk.page(f"/en{path}")), counted)

    def _of_nothing(self, path: str, text: str, counted: dict[str, Counts]) -> list[str]:
        found, left = [], text
        for words, count in counted.items():
            pattern = re.compile(words, re.IGNORECASE)
            numbers = [int(number) for number in pattern.findall(text)]
            found += [f"{words}: {number}" for number in numbers if number != count(self.walk, path)]
            left = pattern.sub(" ", left)
        left = _without([*self.names["/en"], *([] if counted else self.values["/en"])], left)
        return found + [f"{number} counts nothing: {text}" for number in NUMBER.findall(left)]


def _without(known: list[str], text: str) -> str:
    text = ELSEWHERE.sub(" ", text)
    for words in known:
        text = text.replace(words, " ")
    return text


def _names(language: str) -> list[str]:
    with translation.override(language):
        names = {in_language(one, "name") for model in NAMED for one in model.objects.all()}
        names |= {in_language(source, "title") for source in Source.objects.all()}
    return sorted(filter(None, names), key=len, reverse=True)


def _values(language: str) -> list[str]:
    with translation.override(language):
        said = [one.value() for model in (Claim, Statistic) for one in model.objects.all()]
        return sorted({words for value in said for words in _words(value)}, key=len, reverse=True)


def _words(value: Value | None) -> Iterator[str]:
    if isinstance(value, Money):
        yield figures.amount(value)
    elif isinstance(value, Figure):
        yield figures.number(value.value, value.unit)
    elif isinstance(value, str):
        yield value
    elif value is not None:
        yield from (dates.words(value), dates.when(value))
