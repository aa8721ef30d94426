"""What the tables hold of each record on a day, and how pages say it: to be found on a page (`values`)."""

import re
from calendar import month_name
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils import translation

from projects.choices import Age, Basis, Qualifier, Topic
from projects.claims import standings
from projects.core import ages, fuzzy_dates
from projects.core.clocks import Clocks
from projects.core.money import Money
from projects.core.promises import Facts
from projects.core.statements import Number
from projects.models import Claim, Current, Project, ProjectMilestone, Source, Standing, Statistic
from projects.models.standing import facts_from_json
from projects.words import dates, figures
from projects.words.stage_words import milestone_done, milestone_word, stage_word


@dataclass(frozen=True)
class Told:
    """A value as a page says it, and what must stand with it."""

    text: str
    is_inferred: bool
    qualifier: str = ""
    about: tuple[str, ...] = ()  # the step of a date: a day alone may be that of something else
    is_stage: bool = False  # words that steps and events have, too: told by its sign or in a sentence
    ages: tuple[str, ...] = ()  # of a stage of which nothing was said for a year: when, since when public

    def missing(self, said: str, near: str, headline: str, inferred: str) -> list[str]:
        """What of it `said` leaves out; its age may stand at the head of its own page."""
        left = [inferred] if self.is_inferred and inferred not in said else []
        if self.qualifier.lower() not in f"{said} {near}".lower():
            left.append(self.qualifier)
        if self.ages and not any(one in f"{said} {headline}" for one in self.ages):
            left.append(self.ages[0])
        return left

    @property
    def is_plain(self) -> bool:
        return not (self.is_inferred or self.qualifier or self.ages)

    def is_in(self, said: str, around: str) -> bool:
        is_about = not self.about or any(one.lower() in around.lower() for one in self.about)
        return is_about and bool(self._pattern.search(said))

    @cached_property
    def _pattern(self) -> re.Pattern:
        """Whole: 3 亿元 is not told by 13 亿元, nor a year by one of its months."""
        before = "".join(f"(?<!{month} )" for month in month_name[1:]) if self.text.isdigit() else ""
        return re.compile(rf"(?<![\d.,至/]){before}{re.escape(self.text)}(?![\d至])", re.IGNORECASE)


class Tables:
    """By the address of a record what is held of it on a day; by its key each statement. In one language."""

    def __init__(self, clocks: Clocks, language: str):
        with translation.override({"zh": "zh-hans"}.get(language, language)):
            self.inferred = str(translation.gettext("inferred"))
            self.labels = {one.value: str(one.label) for one in Qualifier} | {"": ""}
            self.told = {slug: _clear(said) for slug, said in self._of_records(clocks).items()}
            self.ages = {one for row in standings.on(clocks) for one in _ages(row, clocks)}
            self.ages |= {_age(source.published, clocks) for source in Source.objects.all()}
        models = (Claim, Statistic)
        self.statements = {one.ref: one for model in models for one in model.objects.public(clocks.known)}

    def said(self, claim: Claim | Statistic) -> Told:
        """Of a statement whatever its value; a stage that is nearly reached is another word."""
        is_stage = getattr(claim, "topic", "") == Topic.STAGE
        return Told("", claim.basis == Basis.INFERRED, self.labels["" if is_stage else claim.qualifier])

    def _of_records(self, clocks: Clocks) -> dict[str, set[Told]]:
        found: dict[str, set[Told]] = defaultdict(set)
        for row in standings.on(clocks):
            found[row.slug] |= set(_of_stage(row, clocks))
        related = ("project", "source", "section", "corrects")
        claims = Claim.objects.public(clocks.known).filter(as_of_latest__lte=clocks.asof)
        for claim in claims.select_related(*related):
            found[claim.project.slug] |= set(self._of_claim(claim))
        for row in ProjectMilestone.objects.held(clocks).select_related("project"):
            found[row.project.slug] |= set(self._of_milestone(facts_from_json(row.told), row.project))
        return found

    def _of_claim(self, claim: Claim) -> Iterator[Told]:
        said, kept = claim.statement(), self.labels[claim.qualifier]
        is_inferred = claim.basis == Basis.INFERRED
        if isinstance(said.value, Money):
            yield Told(figures.amount(said.value), is_inferred, kept)
        elif isinstance(said.value, Number):
            yield Told(figures.number(said.value.value, said.value.unit), is_inferred, kept)
        elif claim.topic == Topic.WORKS and said.value:
            yield Told(said.value, is_inferred)

    def _of_milestone(self, facts: Facts, project: Project) -> Iterator[Told]:
        about = tuple(word(facts.milestone, project) for word in (milestone_word, milestone_done))
        for one in (facts.first, facts.promised, facts.fulfilment, facts.part_actual):
            if one:
                for text in {dates.words(one.value), dates.when(one.value)}:  # between two months, too
                    yield Told(text, not one.is_stated, self.labels[one.qualifier], about)


def _of_stage(row: Current | Standing, clocks: Clocks) -> Iterator[Told]:
    if row.stage:
        last_said = fuzzy_dates.parse(row.stage_last_said)
        is_old = ages.age(last_said.latest, clocks.asof) != Age.UNDER1
        days = (last_said, fuzzy_dates.parse(row.last_known)) if is_old else ()
        word = stage_word(row.stage, row.stage_qualifier, row)
        on = tuple(words(one) for one in days for words in (dates.month_at_most, dates.when))
        yield Told(word, row.stage_basis == Basis.INFERRED, is_stage=True, ages=on)


def _ages(row: Current | Standing, clocks: Clocks) -> Iterator[str]:
    """How old the last report is, and the word by which a stage goes."""
    yield _age(row.last_known, clocks)
    if row.stage_last_said:
        yield dates.said_as_of(row.stage_last_said)


def _age(text: str, clocks: Clocks) -> str:
    return dates.last_word(fuzzy_dates.parse(text), clocks.asof, is_today=clocks.is_today)


def _clear(said: Iterable[Told]) -> list[Told]:
    """Those whose words tell one value alone: of two nobody could say which is meant."""
    alike = defaultdict(list)
    for one in said:
        alike[one.text, one.about].append(one)
    return [ones[0] for ones in alike.values() if len(ones) == 1]
