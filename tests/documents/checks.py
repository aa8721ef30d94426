"""The checks of the fixtures against the documents: pure functions that give findings.

A finding that was looked at and is right has its reason in `reviewed.toml`, under the name of its check.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from projects.core import printed_figures
from projects.core.money import Money
from projects.core.numbers import narrow, rounded
from projects.core.statements import Number, Value
from tests.documents import fixture_rows
from tests.documents.printed import Paper, counted_by, figures, plain, spoken

Rows = dict[str, list[dict]]
Papers = dict[str, Paper]

LONGEST_RUN = 13  # characters that may stand as the document has them
_TO_COME = re.compile("预计|将|未来")  # beside a figure that is "expected"
_DAY = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?")
_NOT_A_WORD = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]+")


@dataclass(frozen=True, order=True)
class Finding:
    """What is not as the document has it, and where."""

    check: str
    document: str
    place: str
    text: str


# (a) The outline


def outline(papers: Papers, rows: Rows) -> Iterator[Finding]:
    """A section has as many paragraphs as the document, and its sections are all there."""
    for code, paper in papers.items():
        printed = Counter(section for section, _ in paper.paragraphs)
        ours = {row["number"]: row["paragraphs"] for row in rows["sections"] if row["source"] == [code]}
        for number in sorted(printed.keys() | ours.keys()):
            if printed[number] != ours.get(number, 0):
                yield Finding("outline", code, number, f"{ours.get(number, 0)} for {printed[number]}")


def sentence_numbers(papers: Papers, rows: Rows) -> Iterator[Finding]:
    """A sentence that is cited exists."""
    for file in ("claims", "statistics", "aliases", "parties", "place_sources", "neighbours"):
        for row in rows[file]:
            if row["source"] and row["sentence"] is not None and not _paper(papers, row).said(row):
                yield Finding("sentence_numbers", row["source"][0], place(row), "")


# (b) Each number of ours is printed, (c) with its qualifier


def values(papers: Papers, rows: Rows) -> Iterator[Finding]:
    """A figure is printed at its place, in its digits and unit; so are the digits in the words of a claim."""
    for row in _assertions(rows):
        said = _paper(papers, row).said(row)
        if (printed := as_printed(row)) and not occurrences(said, *printed):
            yield Finding("values", row["source"][0], place(row), " ".join(printed))
        if row["printed_as"] not in said:
            yield Finding("values", row["source"][0], place(row), row["printed_as"])
        in_words = {number for number, _ in figures(f"{row['value_text']} {row['scope']}")}
        for number in sorted(in_words - {number for number, _ in figures(plain(said))}):
            yield Finding("values", row["source"][0], place(row), number)


def dates(papers: Papers, rows: Rows) -> Iterator[Finding]:
    """The month and the day of a date that is stated are printed; its year may be a word such as 今年."""
    for row in rows["claims"]:
        if row["basis"] == "stated" and (found := _DAY.fullmatch(row["value_date"])):
            said = plain(_paper(papers, row).said(row))
            day = f"{int(found[3])}日" if found[3] else ""
            if not re.search(rf"(?<!\d)(?:{int(found[2])}|本)月{day}", said):
                yield Finding("dates", row["source"][0], place(row), row["value_date"])


def qualifiers(papers: Papers, rows: Rows) -> Iterator[Finding]:
    """余, 近, 超, 约 and the like beside the printed number, and the same beside ours; or 预计, 将."""
    for row in _assertions(rows):
        if printed := as_printed(row):
            said = _paper(papers, row).said(row)
            found = {*occurrences(said, *printed)}
            allowed = found | ({"expected"} if _TO_COME.search(said) else set())
            if found and row["qualifier"] not in allowed:
                ours = f"{' '.join(printed)} {row['qualifier'] or 'plain'}"
                yield Finding("qualifiers", row["source"][0], place(row), ours)


def as_printed(row: dict) -> tuple[str, str] | None:
    """The digits and the unit of a row's figure; None where it has none, or it is printed otherwise."""
    return None if row["printed_as"] else printed_figures.digits_and_unit(figure_of(row))


def figure_of(row: dict) -> Value | None:
    if row["value_yuan"] is not None:
        return Money(row["value_yuan"], row["unit"], row["decimals"])
    if row["value_number"] is not None:
        return Number(rounded(Decimal(row["value_number"]), row["decimals"]), row["unit"])
    return None


def occurrences(said: str, digits: str, unit: str) -> list[str]:
    """The qualifier of each time that a number is printed with its unit."""
    return [found.qualifier for found in printed_figures.occurrences(said, digits, unit)]


# (d) Each printed number is in the fixtures


def completeness(papers: Papers, rows: Rows) -> Iterator[Finding]:
    """A number printed in digits is a figure, or stands in the words, of something cited to that sentence."""
    cited = _by_place(rows)
    names = {row["code"]: row["name"] for file in ("projects", "indicators") for row in rows[file]}
    for code, paper in papers.items():
        for section, paragraph, sentence, said in paper.sentences():
            here = [*cited[code, section, paragraph, sentence], *cited[code, section, paragraph, None]]
            in_words = spoken(" ".join(_words(row, names) for row in here))
            given = [printed for row in here if (printed := as_printed(row))]
            for digits, after in figures(said):
                is_said = (digits, counted_by(after)) in in_words
                if not is_said and not any(_is(one, digits, after) for one in given):
                    where = f"{section} ¶{paragraph} s{sentence}"
                    yield Finding("completeness", code, where, digits)


def _by_place(rows: Rows) -> dict[tuple, list[dict]]:
    found = defaultdict(list)
    for file in ("claims", "statistics", "aliases"):
        for row in rows[file]:
            if row["source"]:
                found[(*row["section"], row["paragraph"], row["sentence"])].append(FIGURELESS | row)
    return found


FIGURELESS = {
    name: fixture_rows.ASSERTION[name]
    for name in ("value_yuan", "value_number", "printed_as", "value_text", "scope", "period")
}


def _words(row: dict, names: dict[str, str]) -> str:
    about = [names.get(key[0], "") for key in (row.get("project"), row.get("subject")) if key]
    period = [row["period"][:4], *row["period"].split("/")]
    return " ".join([row["value_text"], row["scope"], row["note"], row.get("name", ""), *period, *about])


def _is(given: tuple[str, str], digits: str, after: str) -> bool:
    return given[0] == digits and bool(occurrences(digits + after, *given))


# (e) Our own words


def borrowed(papers: Papers, rows: Rows) -> Iterator[Finding]:
    """What we say shares no long run of characters with its document, names and titles apart."""
    texts = {code: letters(paper.text) for code, paper in papers.items()}
    names = proper_names(rows)
    for code, key, ours in _our_words(rows):
        for document in [code] if code else texts:
            if run := shared_run(ours, texts[document], names):
                yield Finding("borrowed", document, key, run)


def _our_words(rows: Rows) -> Iterator[tuple[str, str, str]]:
    """Which document it must not repeat ("" for all of them), which row it is, the words."""
    for row in _assertions(rows):
        for name in ("note", "value_text", "scope"):
            yield row["source"][0], f"{row['ref']} {name}", row[name]
    for row in rows["aliases"]:
        yield "", f"{row['name']} note", row["note"]
    for row in rows["projects"]:
        yield "", f"{row['slug']} summary", row["summary"]
    for row in rows["sections"]:
        for name in ("title", "gap"):
            yield row["source"][0], f"{row['number']} {name}", row[name]
    for row in rows["sources"]:
        for name in ("title", "note"):
            yield row["code"], f"{row['code']} {name}", row[name]


def proper_names(rows: Rows) -> list[str]:
    """Of records and of those who take part, the longest first."""
    found = {row["name"] for file in ("projects", "aliases", "organisations", "places") for row in rows[file]}
    found |= {alias for row in rows["organisations"] for alias in row["aliases"]}
    return sorted(found, key=lambda name: (-len(name), name))


def shared_run(ours: str, printed: str, names: list[str]) -> str:
    """The first run that is too long; punctuation makes no difference."""
    ours = re.sub("《[^《》]*》", "\n", ours)
    for name in names:
        ours = ours.replace(name, "\n")
    for part in map(letters, ours.split("\n")):
        for start in range(len(part) - LONGEST_RUN):
            if (run := part[start : start + LONGEST_RUN + 1]) in printed:
                return run
    return ""


def letters(text: str) -> str:
    return _NOT_A_WORD.sub("", narrow(text))


# (f) Names are printed


def aliases(papers: Papers, rows: Rows) -> Iterator[Finding]:
    """An alias that cites a place is printed there, character by character."""
    for row in rows["aliases"]:
        if row["source"] and row["name"] not in _paper(papers, row).said(row):
            yield Finding("aliases", row["source"][0], place(row), row["name"])


def parties(papers: Papers, rows: Rows) -> Iterator[Finding]:
    """Who takes part is printed at the place that is cited, by the name or another name."""
    known = {row["code"]: [row["name"], *row["aliases"]] for row in rows["organisations"]}
    for row in rows["parties"]:
        code = row["organisation"][0]
        if row["source"] and not is_printed(known[code], _paper(papers, row).said(row)):
            yield Finding("parties", row["source"][0], place(row), code)


def project_places(papers: Papers, rows: Rows) -> Iterator[Finding]:
    """Each place of a project is printed where its source is cited, by its name or its own record's."""
    said, known = _names_of_projects(rows), {row["code"]: {row["name"]} for row in rows["places"]}
    for row in rows["projects"]:
        if row["own_place"]:
            known[row["own_place"][0]] |= said[row["code"]]
    of = {row["project"][0]: row for row in rows["place_sources"]}
    for project in rows["projects"]:
        row = of.get(project["code"])
        if row is None or row["place"] != project["place"]:
            if row or project["place"]:
                yield Finding("project_places", "", "", project["code"])
        elif not is_printed(known[row["place"][0]], _paper(papers, row).said(row)):
            yield Finding("project_places", row["source"][0], place(row), project["code"])


def neighbours(papers: Papers, rows: Rows) -> Iterator[Finding]:
    """Both are printed where they are said to be near."""
    known = _names_of_projects(rows)
    for row in rows["neighbours"]:
        for code in (row["project"][0], row["neighbour"][0]):
            if not is_printed(known[code], _paper(papers, row).said(row)):
                yield Finding("neighbours", row["source"][0], place(row), code)


def _names_of_projects(rows: Rows) -> dict[str, set[str]]:
    known = {row["code"]: {row["name"]} for row in rows["projects"]}
    for row in rows["aliases"]:
        known[row["project"][0]].add(row["name"])
    return known


def names(papers: Papers, rows: Rows) -> Iterator[Finding]:
    """A document that says something of a project prints its name, or an alias."""
    known = _names_of_projects(rows)
    slugs = {row["code"]: row["slug"] for row in rows["projects"]}
    for document, project in sorted({(row["source"][0], row["project"][0]) for row in rows["claims"]}):
        if not is_printed(known[project], papers[document].text):
            yield Finding("names", document, "", slugs[project])


def is_printed(names: Iterable[str], said: str) -> bool:
    """Any of them; wide brackets are the same as narrow ones."""
    return any(narrow(name) in narrow(said) for name in names)


def place(row: dict) -> str:
    """As pages write it: A1 ¶2 s3."""
    sentence = "" if row["sentence"] is None else f" s{row['sentence']}"
    return f"{row['section'][1]} ¶{row['paragraph']}{sentence}"


def _assertions(rows: Rows) -> Iterable[dict]:
    return [*rows["claims"], *rows["statistics"]]


def _paper(papers: Papers, row: dict) -> Paper:
    return papers[row["source"][0]]


ALL = (
    outline,
    sentence_numbers,
    values,
    dates,
    qualifiers,
    completeness,
    borrowed,
    aliases,
    parties,
    project_places,
    neighbours,
    names,
)
