"""What the fixtures must satisfy together, beyond what each row must: found over their plain rows.

Reading the files is `records.fixtures`, which fills what a row leaves out; how many rows there are is
`records.rules.fixture_counts`, what a single claim must satisfy `claims.rules`, what a summary may not say
`records.rules.summaries`. Whether a row says what its document prints is for the tests that have the
documents.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from projects.choices import Basis, Kind, Milestone, RecordType, Sector, Stage, Topic
from projects.core import fuzzy_dates, printed_text
from projects.records.rules.summaries import figure_in
from projects.search.rules.spelling import fold

Rows = dict[str, list[dict]]  # the fields of each row, by file

DATED = (Topic.PROMISED, Topic.ACTUAL)
NAMED = ("departments", "places", "organisations", "indicators", "projects")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with which row of which file."""

    file: str
    key: str
    code: str
    text: str = ""


def findings(rows: Rows) -> list[Finding]:
    """Everything that is wrong; nothing where the fixtures are in order."""
    return [
        *_of_codes(rows),
        *_of_places(rows),
        *_of_lines(rows),
        *_of_clocks(rows),
        *_of_figures(rows),
        *_of_names(rows),
        *_of_projects(rows),
        *_of_references(rows),
    ]


def _assertions(rows: Rows) -> Iterator[tuple[str, dict]]:
    for file in ("claims", "statistics"):
        for row in rows[file]:
            yield file, row


def _of_codes(rows: Rows) -> Iterator[Finding]:
    """Every code is one of its vocabulary."""
    for row in rows["claims"]:
        vocabularies = {"topic": Topic.values}
        if row["topic"] == Topic.STAGE:
            vocabularies["value_code"] = ["", *Stage.values]
        if row["topic"] in DATED:
            vocabularies["measure"] = Milestone.values
        yield from _misspelt("claims", row["ref"], row, vocabularies)
    for file, row in _assertions(rows):
        yield from _misspelt(file, row["ref"], row, {"basis": Basis.values})
    kinds = {"kind": Kind.values, "record_type": RecordType.values, "sector": ["", *Sector.values]}
    for row in rows["projects"]:
        yield from _misspelt("projects", row["code"], row, kinds)


def _misspelt(file: str, key: str, row: dict, vocabularies: dict[str, list[str]]) -> Iterator[Finding]:
    for name, vocabulary in vocabularies.items():
        if row[name] not in vocabulary:
            yield Finding(file, key, "unknown_code", f"{name} {row[name]}")


def _of_places(rows: Rows) -> Iterator[Finding]:
    """Every claim has a source and a place in its outline; a name or party that cites one likewise."""
    for file, row in _assertions(rows):
        yield from _misplaced(rows, file, row["ref"], row)
    for file, key in (("aliases", "name"), ("parties", "organisation")):
        for row in rows[file]:
            if row["source"]:
                yield from _misplaced(rows, file, str(row[key]), row)


def _misplaced(rows: Rows, file: str, key: str, row: dict) -> Iterator[Finding]:
    section, source = tuple(row["section"] or ()), tuple(row["source"] or ())
    if source not in {(one["code"],) for one in rows["sources"]}:
        yield Finding(file, key, "no_source", " ".join(source))
    outline = {(*one["source"], one["number"]): one["paragraphs"] for one in rows["sections"]}
    if section not in outline or section[:1] != source:
        yield Finding(file, key, "no_such_section", " ".join(section))
    elif not 1 <= (row["paragraph"] or 0) <= outline[section]:
        yield Finding(file, key, "no_such_paragraph", str(row["paragraph"]))


def _of_lines(rows: Rows) -> Iterator[Finding]:
    """Lines are of every paragraph of a section, or of none; no line stands in two paragraphs."""
    outlines: dict[str, list[str]] = defaultdict(list)
    for row in rows["sections"]:
        source, key = _first(row["source"]), f"{_first(row['source'])} {row['number']}"
        try:
            count = len(printed_text.paragraphs_at(row["lines"]))
        except printed_text.BadLines:
            yield Finding("sections", key, "no_lines", row["lines"])
            continue
        outlines[source].append(row["lines"])
        if count not in (0, row["paragraphs"]):
            yield Finding("sections", key, "lines_of_other_paragraphs", f"{count} for {row['paragraphs']}")
    for source, outline in outlines.items():
        for line in printed_text.lines_twice(outline):
            yield Finding("sections", source, "line_twice", str(line))


def _of_clocks(rows: Rows) -> Iterator[Finding]:
    """Every date parses; none lies after its known date but a promise, a target or a plan."""
    published = {one["code"]: _ends(one["published"]) for one in rows["sources"]}
    for file, row in _assertions(rows):
        for name in ("as_of", "value_date", "period"):
            if (text := row[name]) and (bad := _unreadable(text)):
                yield Finding(file, row["ref"], bad, text)
        if _ends(row["as_of"]) > row["known_on"]:
            yield Finding(file, row["ref"], "true_before_known", row["as_of"])
        if row["topic"] == Topic.ACTUAL and _ends(row["value_date"]) > row["known_on"]:
            yield Finding(file, row["ref"], "actual_in_future", row["value_date"])
        if file == "statistics" and not row["is_target"] and _ends(row["period"]) > row["known_on"]:
            yield Finding(file, row["ref"], "fact_in_future", row["period"])
        if row["known_on"] != published.get(_first(row["source"]), row["known_on"]):
            yield Finding(file, row["ref"], "not_known_when_published", row["known_on"])


def _unreadable(text: str) -> str:
    try:
        fuzzy_dates.parse(text)
    except fuzzy_dates.BadDate as bad:
        return bad.why
    return ""


def _ends(text: str) -> str:
    """The last day that it may mean; nothing where it cannot be read."""
    return "" if _unreadable(text) else fuzzy_dates.parse(text).latest.isoformat()


def _of_figures(rows: Rows) -> Iterator[Finding]:
    """Every figure has a unit; what is inferred says how."""
    for file, row in _assertions(rows):
        has_figure = row["value_yuan"] is not None or row["value_number"] is not None
        if has_figure and not row["unit"]:
            yield Finding(file, row["ref"], "no_unit")
        if row["basis"] == Basis.INFERRED and not row["note"].strip():
            yield Finding(file, row["ref"], "inferred_without_note")


def _of_names(rows: Rows) -> Iterator[Finding]:
    """No name or alias leads to two projects; everything has its English name."""
    names = {fold(row["name"]) for row in rows["projects"]}
    owners: dict[str, set[str]] = defaultdict(set)
    for row in rows["projects"]:
        owners[fold(row["name"])].add(row["code"])
    for row in rows["aliases"]:
        owners[fold(row["name"])].add(_first(row["project"]))
        if fold(row["name"]) in names:
            yield Finding("aliases", row["name"], "alias_is_a_name")
    for name, codes in owners.items():
        if len(codes) > 1:
            yield Finding("aliases", name, "name_of_two", ", ".join(sorted(codes)))
    for file in NAMED:
        for row in rows[file]:
            if not row["name_en"].strip():
                yield Finding(file, row["code"], "no_english_name")
    for file, key in (("sources", "code"), ("sections", "number")):
        for row in rows[file]:
            if not row["title_en"].strip():
                yield Finding(file, row[key], "no_english_title", row["title"])


def _of_projects(rows: Rows) -> Iterator[Finding]:
    """No project is without a claim; no summary is missing or holds a figure or a date."""
    with_claims = {_first(row["project"]) for row in rows["claims"]}
    for row in rows["projects"]:
        if row["code"] not in with_claims:
            yield Finding("projects", row["code"], "no_claim")
        for name in ("summary", "summary_en"):
            if not row[name].strip():
                yield Finding("projects", row["code"], "no_summary", name)
            elif found := figure_in(row[name]):
                yield Finding("projects", row["code"], "figure_in_summary", found)


def _of_references(rows: Rows) -> Iterator[Finding]:
    """Refs are unique; every claim has its project, every capacity and statistic an indicator with a name."""
    indicators = {row["code"] for row in rows["indicators"]}
    projects = {row["code"] for row in rows["projects"]}
    seen = Counter(row["ref"] for _, row in _assertions(rows))
    for ref, count in seen.items():
        if count > 1:
            yield Finding("claims", ref, "ref_twice")
    for row in rows["claims"]:
        if _first(row["project"]) not in projects:
            yield Finding("claims", row["ref"], "unknown_project", _first(row["project"]))
        if row["topic"] == Topic.CAPACITY and row["measure"] not in indicators:
            yield Finding("claims", row["ref"], "unknown_measure", row["measure"])
    for row in rows["statistics"]:
        if _first(row["subject"]) not in indicators:
            yield Finding("statistics", row["ref"], "unknown_subject", _first(row["subject"]))


def _first(key: list[str] | None) -> str:
    """Of a natural key; nothing where there is none."""
    return key[0] if key else ""
