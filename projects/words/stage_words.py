"""How the stages and steps of a record are called: a factory produces, a road is open to traffic.

What a record is, is told by its type, its kind and how its name ends; never by which record it is. The words
for a code of which no record is known are in `choices`; how far a record is, in `core.stages`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from functools import wraps
from typing import NamedTuple, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.choices import Kind, Milestone, Qualifier, RecordType, Stage
from projects.words.language import once_a_language


class Called(Protocol):
    """A record, as far as its words depend on it."""

    name: str
    kind: str
    record_type: str


class Alike(NamedTuple):
    """Records of one kind, as one that stands for all of them."""

    kind: str
    record_type: str = RecordType.PROJECT.value
    name: str = ""


BID = Alike(Kind.OTHER.value, RecordType.BID.value)  # all titles are worded alike


def of_what_is_alike(word: Callable[..., str]) -> Callable[..., str]:
    """Decorator: words are remembered by language and by what of a record they depend on (`plain`).

    Records that are alike in that share them.
    """
    remembered = once_a_language(word)

    @wraps(word)
    def worded(*said: str | Called | None) -> str:
        return remembered(*(one if isinstance(one, str | None) else plain(one) for one in said))

    return worded


def plain(record: Called) -> Alike:
    """What of a record its words depend on: the key by which they are remembered."""
    return Alike(record.kind, record.record_type, record.name)


class Manner(Enum):
    """What a record is, where its words are others than those of its kind."""

    WORKS = auto()  # what is built
    BASE = auto()
    PARK = auto()
    PROGRAMME = auto()
    BID = auto()
    PLANT = auto()  # a firm that produces
    BODY = auto()  # an alliance, an association
    ONLINE = auto()  # an app, a system
    RENEWAL = auto()  # of what stands already: it is finished, not put into use


_BY_TYPE = {
    RecordType.BASE: Manner.BASE,
    RecordType.PARK: Manner.PARK,
    RecordType.PROGRAMME: Manner.PROGRAMME,
    RecordType.BID: Manner.BID,
    RecordType.EXISTING_PLANT: Manner.PLANT,
}
_BY_NAME = {
    ("联盟", "协会", "委员会", "联合会"): Manner.BODY,
    ("App", "APP", "小程序", "平台", "系统", "网站"): Manner.ONLINE,
    ("改造", "治理", "整治", "修缮"): Manner.RENEWAL,
}

_USED = {
    Kind.INDUSTRIAL: _("in production"),
    Kind.ENERGY: _("in production"),
    Kind.TRANSPORT: _("open to traffic"),
}
_BUILT = _("built")
_APPLYING, _GRANTED = _("being applied for"), _("granted")
_STAGES: dict[Manner, dict[Stage, Promise]] = {
    Manner.BASE: {Stage.COMPLETED: _BUILT},
    Manner.PARK: {Stage.COMPLETED: _BUILT, Stage.OPERATING: _BUILT},
    Manner.PROGRAMME: {Stage.BUILDING: _("under way"), Stage.COMPLETED: _BUILT, Stage.OPERATING: _("in use")},
    Manner.BID: {
        Stage.PLANNED: _("application planned"),
        **dict.fromkeys((Stage.SIGNED, Stage.PREPARING, Stage.BUILDING), _APPLYING),
        **dict.fromkeys((Stage.COMPLETED, Stage.OPERATING), _GRANTED),
    },
    Manner.PLANT: {Stage.OPERATING: _("producing")},
    Manner.BODY: dict.fromkeys((Stage.COMPLETED, Stage.OPERATING), _("founded")),
    Manner.ONLINE: {Stage.OPERATING: _("online")},
    Manner.RENEWAL: {
        Stage.BUILDING: _("under way"),
        **dict.fromkeys((Stage.COMPLETED, Stage.OPERATING), _("done")),
    },
}


@dataclass(frozen=True, slots=True)
class MilestoneWords:
    """A milestone as a thing (its completion) and as what happened (completed)."""

    name: Promise
    done: Promise


_STEPS = {
    Milestone.SIGNED: MilestoneWords(Milestone.SIGNED.label, _("agreement signed")),
    Milestone.APPROVED: MilestoneWords(Milestone.APPROVED.label, _("approval given")),
    Milestone.STARTED: MilestoneWords(Milestone.STARTED.label, _("construction started")),
    Milestone.STRUCTURE: MilestoneWords(Milestone.STRUCTURE.label, _("main structure finished")),
    Milestone.COMPLETED: MilestoneWords(Milestone.COMPLETED.label, _("works completed")),
    Milestone.OPERATING: MilestoneWords(_("opening"), _("put into use")),
    Milestone.FULL_CAPACITY: MilestoneWords(Milestone.FULL_CAPACITY.label, _("full capacity reached")),
}
_PRODUCTION = MilestoneWords(_("start of production"), _("production started"))
_STARTS = {
    Kind.INDUSTRIAL: _PRODUCTION,
    Kind.ENERGY: _PRODUCTION,
    Kind.TRANSPORT: MilestoneWords(_("opening to traffic"), _("opened to traffic")),
}
_FULL = MilestoneWords(_("full completion"), _BUILT)
_GRANT = MilestoneWords(_("grant of the title"), _("title granted"))
_FOUNDING = MilestoneWords(_("founding"), _("founded"))
_USE = _STEPS[Milestone.OPERATING]
_STEPS_OF: dict[Manner, dict[Milestone, MilestoneWords]] = {
    Manner.BASE: {Milestone.COMPLETED: _FULL},
    Manner.PARK: {Milestone.COMPLETED: _FULL, Milestone.OPERATING: _USE},
    Manner.PROGRAMME: {
        Milestone.APPROVED: MilestoneWords(_("adoption"), _("adopted")),
        Milestone.COMPLETED: _FULL,
        Milestone.OPERATING: _USE,
    },
    Manner.BID: {Milestone.COMPLETED: _GRANT, Milestone.OPERATING: _GRANT},
    Manner.BODY: {Milestone.COMPLETED: _FOUNDING, Milestone.OPERATING: _FOUNDING},
    Manner.ONLINE: {Milestone.OPERATING: MilestoneWords(_("launch"), _("launched"))},
    Manner.RENEWAL: dict.fromkeys(
        (Milestone.COMPLETED, Milestone.OPERATING), MilestoneWords(_("end of works"), _("done"))
    ),
}


def manner(record: Called) -> Manner:
    if record.record_type in (RecordType.PROGRAMME, RecordType.PLATFORM, RecordType.PROJECT):
        for ends, found in _BY_NAME.items():
            if record.name.endswith(ends):
                return found
    return _BY_TYPE.get(RecordType(record.record_type), Manner.WORKS)


@of_what_is_alike
def stage_word(stage: str, qualifier: str = "", record: Called | None = None) -> str:
    """A title is applied for until it is granted; what is nearly completed says so."""
    code = Stage(stage)
    is_bid = record is not None and manner(record) == Manner.BID
    if qualifier == Qualifier.NEARLY:
        return str(_APPLYING if is_bid else _("largely completed"))
    if record is None:
        return str(code.label)
    usual = _USED.get(Kind(record.kind), _("in use")) if code == Stage.OPERATING else code.label
    return str(_STAGES.get(manner(record), {}).get(code, usual))


def stage_told_apart(stage: str, record: Called) -> str:
    """Where a record calls several stages alike: 申报中 (在建)."""
    return f"{stage_word(stage, '', record)} ({Stage(stage).label})"


@of_what_is_alike
def partly_in_use(record: Called | None = None) -> str:
    """A part of a factory produces, a part of a road is open to traffic."""
    kind = Kind(record.kind) if record is not None else None
    if kind == Kind.TRANSPORT:
        return str(_("partly open to traffic"))
    return str(_("partly in production") if kind in _USED else _("partly in use"))


@of_what_is_alike
def milestone_word(milestone: str, record: Called | None = None) -> str:
    return str(_step(milestone, record).name) if record is not None else str(Milestone(milestone).label)


@of_what_is_alike
def milestone_done(milestone: str, record: Called | None = None) -> str:
    """That the step was taken: production started, approved."""
    return str(_step(milestone, record).done)


def _step(milestone: str, record: Called | None) -> MilestoneWords:
    code = Milestone(milestone)
    if record is None:
        return _STEPS[code]
    usual = _STARTS.get(Kind(record.kind), _USE) if code == Milestone.OPERATING else _STEPS[code]
    return _STEPS_OF.get(manner(record), {}).get(code, usual)


def alike(kinds: Iterable[str], record_types: Iterable[str] = ()) -> Alike | None:
    """A stand-in by which all records of a list are worded, from their kinds and types; None if these mix."""
    kinds, types = set(kinds), set(record_types)
    if types == {RecordType.BID}:
        return BID
    if len(kinds) != 1 or RecordType.BID in types or len(types) > 1:
        return None
    return Alike(kinds.pop(), *types)
