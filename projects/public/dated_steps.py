"""The milestones of a project's page: what was promised of each and what came of it, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from projects.choices import Milestone, RecordType, Stage, Verdict
from projects.core.promises import Facts
from projects.pages.value_tags import step
from projects.public import told
from projects.public.told import ToldValue
from projects.records.project_record import Record, judged
from projects.words import dates
from projects.words.stage_words import Called, stage_word

MIN_DRAWN = 4  # dates; fewer are a list
MAX_SENTENCES = 2  # of what has happened, and of what is to come


@dataclass(frozen=True, slots=True)
class DatedStep:
    """A milestone with what was promised of it, what became of that, and whether the promise moved."""

    told: Facts
    verdict: Verdict | None
    slip: tuple[int, int] | None

    @property
    def is_more_than_a_sentence(self) -> bool:
        """Whether the answer, which says what happened and what is to come, leaves something out."""
        return self.told.has_moved or (self.verdict is not None and not self.told.is_to_come)

    @property
    def dates(self) -> int:
        facts = self.told
        return sum(map(bool, (facts.first, facts.has_moved or facts.undecided, facts.actual)))


@dataclass(frozen=True, slots=True)
class DatedLine:
    """The same in words; `undecided` is the claim that says that no date stands."""

    step: str
    actual: ToldValue | None
    first: ToldValue | None
    is_expected: bool
    now: ToldValue | None
    undecided: str
    verdict: Verdict | None
    slip: str

    @property
    def is_planned(self) -> bool:
        """To come, and as it was first said: what is called the first date is not the one that holds."""
        return self.verdict == Verdict.OPEN and not self.now and not self.undecided


@dataclass(frozen=True, slots=True)
class StageStep:
    """A stage on the way, with the dates of its milestones."""

    stage: Stage
    word: str
    state: str
    dates: list[DatedLine]


def of(record: Record, asof: date) -> tuple[DatedStep, ...]:
    return tuple(DatedStep(facts, *judged(facts, asof)) for facts in record.milestones)


def lines(record: Record, asof: date) -> list[DatedLine]:
    """None where a list of the dates says nothing that the answer does not."""
    dated = record.once(of, asof)
    says_more = len(dated) > MAX_SENTENCES or any(one.is_more_than_a_sentence for one in dated)
    return [_line(one, record.project) for one in dated] if says_more else []


def _line(one: DatedStep, of: Called) -> DatedLine:
    facts = one.told
    return DatedLine(
        step(facts.milestone, facts.scope, of),
        told.of_date(facts.actual),
        told.of_date(facts.first, qualifier=""),
        bool(facts.first and facts.first.qualifier),
        told.of_date(facts.promised) if facts.has_moved else None,
        facts.undecided.ref if facts.undecided else "",
        one.verdict,
        dates.slip(one.slip) if one.slip and any(one.slip) else "",
    )


def drawn(record: Record, asof: date) -> list[StageStep]:
    """The way through the stages; none where there are so few dates that a list says it better."""
    dated = record.once(of, asof)
    is_bid = record.project.record_type == RecordType.BID
    if is_bid or sum(one.dates for one in dated) < MIN_DRAWN:
        return []
    held = record.standing.stage
    reached = Stage(held).order if held else -1
    way: dict[str, StageStep] = {}
    for stage in Stage:  # of a park, finished and in use are called the same
        word = stage_word(stage, "", record.project)
        state = "current" if stage.order == reached else "reached" if stage.order < reached else "ahead"
        before = way[word].dates if word in way else []
        of_stage = [one for one in dated if Milestone(one.told.milestone).stage == stage]
        way[word] = StageStep(stage, word, state, before + [_line(one, record.project) for one in of_stage])
    return list(way.values())
