"""What was promised of speed, up to 100,000 projects, and what was measured beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.measuring import Answer, Figures
from tests.bench.questions import WEIGHTY

MOST_GROWTH = 1.25  # times, from the smallest size on
MOST_KILOBYTES = 200
MOST_MEMORY = 140  # MB, of both workers, before the first request
MOST_FIRST_BYTE = 100  # ms
LEAST_OF_HELLO = 0.9
AGAINST_FIRST = 100_000  # projects, from which on the first attempt is promised to be so many times slower
FASTER = {"search, 1 in 1,000": 20, "overview": 100, "list, deep": 60}
FASTER_FILE = {"SQLite": 5, "PostgreSQL": 15}
BESIDE = {
    "list": "list",
    "search, 1 in 1,000": "search, 1 in 1,000",
    "overview": "overview",
    "list, deep": "page",
    "project page": "project",
    "projects.csv": "projects.csv",
}
FILES = ("projects.json", "projects.csv", "claims.csv")


@dataclass(frozen=True)
class Promise:
    """Of one figure of one size on one engine."""

    what: str
    unit: str
    limit: float
    value: float
    is_most: bool = True
    answer: Answer | None = None
    profile: str = ""  # where its answer does not tell

    @property
    def is_kept(self) -> bool:
        return self.beyond <= 1

    @property
    def beyond(self) -> float:
        """How many times the limit; more is worse."""
        return self.value / self.limit if self.is_most else self.limit / self.value

    @property
    def as_promised(self) -> str:
        return f"{'≤' if self.is_most else '≥'} {self.limit:g} {self.unit}"


def promises(found: Figures, kept: list[Figures]) -> Iterator[Promise]:
    smallest = min((one for one in kept if one.engine == found.engine), key=lambda one: one.size)
    for one in found.asked:
        if one.most:
            answer, ratio = found.answers[one.name], times(found, one.name)
            yield Promise(one.name, "typical pages", one.most, ratio, answer=answer)
            yield Promise(f"{one.name}: weight", "kB", MOST_KILOBYTES, answer.size / 1000)
            if found is not smallest and shows_no_more(answer, smallest.answers.get(one.name)):
                grown = ratio / times(smallest, one.name)
                yield Promise(f"{one.name}: growth", "times", MOST_GROWTH, grown, answer=answer)
    of_hello = found.answers["hello"].all / found.answers["kept page"].all
    profile = f"{of_weighty(found):.2f} of the pace of a hello of as many bytes and headers"
    yield Promise("kept page", "of hello's pace", LEAST_OF_HELLO, of_hello, is_most=False, profile=profile)
    if found.size >= AGAINST_FIRST:
        for name, least in {**FASTER, "projects.csv": FASTER_FILE[found.engine]}.items():
            faster = beside(found, name).all / found.answers[name].all
            unit = "times the first attempt's pace"
            yield Promise(f"{name}: pace", unit, least, faster, is_most=False, answer=found.answers[name])
    for name in FILES:
        yield Promise(f"{name}: first byte", "ms", MOST_FIRST_BYTE, found.answers[name].first_byte)
    yield Promise(
        "memory before the first request", "MB", MOST_MEMORY, found.memory["before the first request"]
    )


def shows_no_more(answer: Answer, small: Answer | None) -> bool:
    """A page costs what it shows: where more is found among more, its cost tells of no growth."""
    return small is not None and (answer.rows or 0) <= MOST_GROWTH * (small.rows or 0)


def of_weighty(found: Figures) -> float:
    """A kept page's pace by that of a hello which has as many bytes and headers."""
    return found.answers[WEIGHTY].all / found.answers["kept page"].all


def times(found: Figures, name: str) -> float:
    """A typical page."""
    return found.answers[name].all / found.answers["typical page"].all


def beside(found: Figures, name: str) -> Answer:
    """The first attempt's answer; of its pages the deep one has its number in its name."""
    start = f"first attempt: {BESIDE[name]}"
    return next(answer for asked, answer in found.answers.items() if asked.startswith(start))
