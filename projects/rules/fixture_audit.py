"""What the fixtures must satisfy together, beyond what each row must: found over their plain rows.

Holds the checks, and the counts that are pinned so that no row comes or goes unseen. Reading the
files is `formats.fixtures`; what a single claim must satisfy is `checks`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from projects.choices import Basis, Milestone, Stage, Topic
from projects.rules import dates
from projects.rules.searching import fold

Rows = dict[str, list[dict]]  # the fields of each row, by file

NUMERAL = "[〇一二三四五六七八九十百千万亿两]"
COUNTED_BY = "个|家|座|条|项|亩|吨|公里|平方|亿|元|年|月|日"
FIGURE = re.compile(rf"[0-9０-９]|{NUMERAL}+[余多]?(?:{COUNTED_BY})")


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
        *_of_places(rows),
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


def _of_places(rows: Rows) -> Iterator[Finding]:
    """Every claim has a source, and a place that exists in that source's outline."""
    outline = {(*one["source"], one["number"]): one["paragraphs"] for one in rows["sections"]}
    sources = {one["code"] for one in rows["sources"]}
    for file, row in _assertions(rows):
        if not row["source"] or row["source"][0] not in sources:
            yield Finding(file, row["ref"], "no_source", str(row["source"]))
        section = tuple(row["section"] or ())
        if section not in outline or section[:1] != tuple(row["source"]):
            yield Finding(file, row["ref"], "no_such_section", str(section))
        elif not row["paragraph"] or row["paragraph"] > outline[section]:
            yield Finding(file, row["ref"], "no_such_paragraph", str(row["paragraph"]))


def _of_clocks(rows: Rows) -> Iterator[Finding]:
    """Every date parses, and none lies after its known date but a promise, a target or a plan."""
    for file, row in _assertions(rows):
        for name in ("as_of", "value_date", "period"):
            if (text := row.get(name)) and (bad := _unreadable(text)):
                yield Finding(file, row["ref"], bad, text)
        if _ends(row["as_of"]) > row["known_on"]:
            yield Finding(file, row["ref"], "true_before_known", row["as_of"])
        if row.get("topic") == Topic.ACTUAL and _ends(row["value_date"]) > row["known_on"]:
            yield Finding(file, row["ref"], "actual_in_future", row["value_date"])


def _unreadable(text: str) -> str:
    try:
        dates.parse(text)
    except dates.BadDate as bad:
        return bad.why
    return ""


def _ends(text: str) -> str:
    return "" if _unreadable(text) else dates.parse(text).latest.isoformat()


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
    owners: dict[str, set[str]] = defaultdict(set)
    for row in rows["projects"]:
        owners[fold(row["name"])].add(row["code"])
    for row in rows["aliases"]:
        owners[fold(row["name"])].add(row["project"][0])
        if fold(row["name"]) in {fold(one["name"]) for one in rows["projects"]}:
            yield Finding("aliases", row["name"], "alias_is_a_name")
    for name, codes in owners.items():
        if len(codes) > 1:
            yield Finding("aliases", name, "name_of_two", ", ".join(sorted(codes)))
    for file in ("projects", "places", "organisations", "indicators"):
        for row in rows[file]:
            if not row["name_en"].strip():
                yield Finding(file, row["code"], "no_english_name")
    for row in rows["sources"] + rows["sections"]:
        if not row["title_en"].strip():
            yield Finding("sources", row.get("code") or row["number"], "no_english_title")


def _of_projects(rows: Rows) -> Iterator[Finding]:
    """No project is without a claim; no summary is missing or holds a figure or a date."""
    with_claims = {row["project"][0] for row in rows["claims"]}
    for row in rows["projects"]:
        if row["code"] not in with_claims:
            yield Finding("projects", row["code"], "no_claim")
        for name in ("summary", "summary_en"):
            if not row[name].strip():
                yield Finding("projects", row["code"], "no_summary", name)
            elif found := FIGURE.search(row[name]):
                yield Finding("projects", row["code"], "figure_in_summary", found.group())


def _of_references(rows: Rows) -> Iterator[Finding]:
    """Refs are unique, and every capacity and statistic has an indicator with a name."""
    indicators = {row["code"] for row in rows["indicators"]}
    seen = Counter(row["ref"] for _, row in _assertions(rows))
    for ref, count in seen.items():
        if count > 1:
            yield Finding("claims", ref, "ref_twice")
    for row in rows["claims"]:
        if row["topic"] == Topic.CAPACITY and row["measure"] not in indicators:
            yield Finding("claims", row["ref"], "unknown_measure", row["measure"])
    for row in rows["statistics"]:
        if row["subject"][0] not in indicators:
            yield Finding("statistics", row["ref"], "unknown_subject", row["subject"][0])


def stages_below_actuals(rows: Rows) -> list[str]:
    """Refs of stage claims of the whole below an actual that was earlier; each is looked at and pinned."""
    actuals = [
        (row["project"][0], Milestone(row["measure"]).stage.order, dates.parse(row["value_date"]).latest)
        for row in rows["claims"]
        if row["topic"] == Topic.ACTUAL and not row["scope"]
    ]
    return sorted(
        row["ref"]
        for row in rows["claims"]
        if row["topic"] == Topic.STAGE and not row["scope"] and row["value_code"]
        for project, order, on in actuals
        if project == row["project"][0]
        and Stage(row["value_code"]).order < order
        and on < dates.parse(row["as_of"]).earliest
    )


def counts(rows: Rows) -> dict[str, dict[str, int]]:
    """How much there is, by document and by kind."""
    by_source: dict[str, set[str]] = defaultdict(set)
    for row in rows["claims"]:
        by_source[row["source"][0]].add(row["project"][0])
    return {
        "rows": {file: len(found) for file, found in sorted(rows.items())},
        "projects_by_source": {code: len(found) for code, found in sorted(by_source.items())},
        "projects_by_kind": _tally(row["kind"] for row in rows["projects"]),
        "projects_by_record_type": _tally(row["record_type"] for row in rows["projects"]),
        "claims_by_source": _tally(row["source"][0] for row in rows["claims"]),
        "claims_by_topic": _tally(row["topic"] for row in rows["claims"]),
        "claims_by_basis": _tally(row["basis"] for row in rows["claims"]),
        "statistics_by_source": _tally(row["source"][0] for row in rows["statistics"]),
    }


def _tally(values: Iterator[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))
