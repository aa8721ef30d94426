"""The fixtures against the documents that they were taken from: places, numbers, qualifiers, names, words.

The documents are no part of the repository (`printed` says where they are). Each check is tried on a
paper of our own as well: with one thing changed it finds that thing, and nothing else.
"""

import os
import tomllib
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from django.conf import settings

from projects.core import printed_text
from projects.records.fixture_load import FILES
from tests.documents import checks, fixture_rows, printed
from tests.documents.checks import Finding, Papers, Rows
from tests.documents.places import BETWEEN

REVIEWED = tomllib.loads((Path(__file__).parent / "reviewed.toml").read_text(encoding="utf-8"))
CHECKS = {check.__name__: check for check in checks.ALL}


@pytest.fixture(scope="module")
def papers(rows) -> Papers:
    return printed.read(printed.folder(os.environ), rows["sections"])


@pytest.fixture(scope="module")
def rows() -> Rows:
    return fixture_rows.read(settings.FIXTURES, FILES)


# The fixtures


@pytest.mark.parametrize("name", CHECKS)
def test_the_fixtures_are_as_printed(name, papers, rows):
    found = set(CHECKS[name](papers, rows))
    reviewed = {
        Finding(name, one["document"], one["place"], one["text"])
        for one in REVIEWED.get(name, [])
        if one["reason"]
    }
    assert sorted(found - reviewed) == [], "not as the documents have it"
    assert sorted(reviewed - found) == [], "reviewed entries that excuse nothing any more"


def test_what_was_reviewed_is_of_a_check_and_stands_once():
    assert set(REVIEWED) <= set(CHECKS)
    for entries in REVIEWED.values():
        kept = [(one["document"], one["place"], one["text"]) for one in entries]
        assert sorted(set(kept)) == sorted(kept)


def test_every_line_has_its_place(papers, rows):
    """In a paragraph or between the sections, never in two; and no number stands between them."""
    for code, paper in papers.items():
        outline = [row["lines"] for row in rows["sections"] if row["source"] == [code]]
        groups = [group for places in outline for group in printed_text.paragraphs_at(places)]
        numbered = [line for group in groups for line in group]
        placed = sorted(numbered + BETWEEN[code])
        assert placed == [number for number, line in enumerate(paper.lines, start=1) if line.strip()], code
        assert [printed.figures(paper.lines[line - 1]) for line in BETWEEN[code]] == [[]] * len(BETWEEN[code])


def figures_of(rows: Rows) -> list[dict]:
    return [row for row in [*rows["claims"], *rows["statistics"]] if checks.as_printed(row)]


def test_a_changed_figure_is_found_wherever_it_stands(papers, rows):
    """The control: a digit before each figure in turn, its decimals, its qualifier."""
    assert len(figures_of(rows)) > 100
    for row in figures_of(rows):
        alone = {"claims": [row], "statistics": []}
        if list(checks.values(papers, alone)):
            continue  # reviewed: it is not printed in our digits
        value = "value_yuan" if row["value_yuan"] is not None else "value_number"
        for change in ({value: int(f"7{row[value]}".split(".")[0])}, {"decimals": row["decimals"] + 1}):
            changed = {"claims": [row | change], "statistics": []}
            assert list(checks.values(papers, changed)), (row["ref"], change)
        wrong = "" if row["qualifier"] == "about" else "about"
        changed = {"claims": [row | {"qualifier": wrong}], "statistics": []}
        assert list(checks.qualifiers(papers, changed)), row["ref"]


def test_a_figure_taken_away_is_missed(papers, rows):
    """The control: without figures, the numbers that only they hold are missing."""
    without = rows | {"claims": [], "statistics": []}
    assert len(set(checks.completeness(papers, without))) > len(figures_of(rows)) / 2


def test_a_sentence_of_the_document_is_found(papers, rows):
    """The control: a stretch of each document as a note."""
    for code, paper in papers.items():
        row = fixture_rows.EMPTY["claims"] | {
            "ref": "x",
            "source": [code],
            "note": "按：" + longest(paper.text),
        }
        assert [one.document for one in checks.borrowed(papers, rows | {"claims": [row]})] == [code]


def longest(text: str) -> str:
    """The longest stretch without punctuation, which is no name of ours as a whole."""
    return max(text.replace("\n", "。").replace("，", "。").replace(",", "。").split("。"), key=len)


# Where the documents are


@pytest.mark.parametrize(
    ("environment", "outcome"),
    [
        ({}, pytest.skip.Exception),
        ({"CI": "true"}, pytest.fail.Exception),
        ({"QIJIANG_DOCUMENTS": "/nowhere"}, pytest.fail.Exception),
    ],
)
def test_documents_that_are_not_there(tmp_path, environment, outcome):
    """Skipped with a line that says what to do; but a build must have them."""
    with pytest.raises(outcome, match=r"not at /.+: set QIJIANG_DOCUMENTS"):
        printed.folder(environment, tmp_path / "main")


def test_documents_that_are_there(tmp_path):
    beside = tmp_path / "shared" / "documents"
    beside.mkdir(parents=True)
    assert printed.folder({"CI": "true"}, tmp_path / "main") == beside
    assert printed.folder({"QIJIANG_DOCUMENTS": str(tmp_path)}, tmp_path / "main") == tmp_path


# How a paper is read


def test_a_paragraph_is_its_lines_and_a_sentence_ends_after_its_quotation_mark():
    paper = printed.paper("paper", ["", "  “一句。”他说了上", "", "半句；下半句！三?"], {"A": "2,4"})
    assert paper.paragraphs == {("A", 1): ["“一句。”", "他说了上半句；下半句！", "三?"]}
    assert paper.said({"section": ["paper", "A"], "paragraph": 1, "sentence": 2}) == "他说了上半句；下半句！"
    assert paper.said({"section": ["paper", "A"], "paragraph": 1, "sentence": None}).startswith("“一句")
    assert paper.said({"section": ["paper", "A"], "paragraph": 1, "sentence": 4}) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("１,２８６件，99.56亿元", ["1286", "99.56"]),
        ("4月1日、2021年10月、2024年前8个月、1—11月份、20世纪80年代、本月10日", []),
        ("《规划(2020—2035)》、G75、5G、A1", []),
        ("2020智博会，5至10年", ["2020", "5", "10"]),
        ("十四五，百万，五大", []),
    ],
)
def test_the_numbers_printed_in_digits(text, found):
    assert [digits for digits, _ in printed.figures(text)] == found


# Controls: a paper of our own, and rows that are right but for one thing

PAPER = printed.paper(
    "paper",
    [
        "新桥水厂总投资2.50亿元，日供水3万吨以上，惠及五大片区。某水务公司说，每吨可省12元。",
        "水厂（一期）于今年5月8日开工，占地约40亩，工期20个月。",
    ],
    {"A1": "1; 2"},
)


def row(file: str, sentence: int | None = 1, paragraph: int = 1, **fields) -> dict:
    place = {"source": ["paper"], "section": ["paper", "A1"], "paragraph": paragraph, "sentence": sentence}
    return fixture_rows.EMPTY[file] | place | {"basis": "stated", "project": ["QJ-0001"]} | fields


def right() -> Rows:
    capacity = {"topic": "capacity", "measure": "water"}
    return dict.fromkeys(FILES, []) | {
        "sections": [fixture_rows.EMPTY["sections"] | {"source": ["paper"], "number": "A1", "paragraphs": 2}],
        "projects": [
            fixture_rows.EMPTY["projects"]
            | {"code": "QJ-0001", "slug": "works", "name": "新桥水厂", "place": ["bridge"]}
        ],
        "places": [{"code": "bridge", "name": "新桥"}],
        "place_sources": [row("place_sources", place=["bridge"])],
        "neighbours": [row("neighbours", neighbour=["QJ-0001"])],
        "organisations": [{"code": "firm", "name": "新桥水务公司", "aliases": ["某水务公司"]}],
        "indicators": [{"code": "areas", "name": "片区"}],
        "aliases": [row("aliases", paragraph=2, name="水厂（一期）")],
        "parties": [row("parties", 2, organisation=["firm"])],
        "claims": [
            row("claims", topic="total_investment", value_yuan=250_000_000, unit="yi", decimals=2, ref="c0"),
            row("claims", **capacity, value_number="3.000", unit="万吨", qualifier="over", ref="c1"),
            row("claims", paragraph=2, topic="actual", value_date="2024-05-08", ref="c2"),
            row("claims", None, 2, **capacity, value_number="40", unit="亩", qualifier="about", ref="c3"),
            row("claims", paragraph=2, topic="works", value_text="工期20个月", ref="c4"),
        ],
        "statistics": [
            row("statistics", subject=["areas"], value_number="5", unit="个", ref="s0"),
            row("statistics", 2, subject=["areas"], value_number="12", unit="元", ref="s1"),
        ],
    }


def put(file: str, at: int, /, **fields) -> Callable[[Rows], None]:
    return lambda rows: rows[file][at].update(fields)


def drop(file: str, at: int) -> Callable[[Rows], None]:
    return lambda rows: rows[file].pop(at)


WRONG: dict[str, tuple[str, Callable[[Rows], None], list[tuple[str, str]]]] = {
    "a paragraph too many": ("outline", put("sections", 0, paragraphs=3), [("A1", "3 for 2")]),
    "a section of another number": (
        "outline",
        put("sections", 0, number="B1"),
        [("A1", "0 for 2"), ("B1", "2 for 0")],
    ),
    "a sentence too far": ("sentence_numbers", put("claims", 2, sentence=2), [("A1 ¶2 s2", "")]),
    "an amount": ("values", put("claims", 0, value_yuan=240_000_000), [("A1 ¶1 s1", "2.40 亿")]),
    "its decimals": ("values", put("claims", 0, decimals=1), [("A1 ¶1 s1", "2.5 亿")]),
    "its unit": (
        "values",
        put("claims", 0, value_yuan=25_000, unit="wan"),
        [("A1 ¶1 s1", "2.50 万")],
    ),
    "a number": ("values", put("statistics", 0, value_number="6"), [("A1 ¶1 s1", "6 个")]),
    "a number's unit": ("values", put("statistics", 1, unit="吨"), [("A1 ¶1 s2", "12 吨")]),
    "its sentence": ("values", put("statistics", 1, sentence=1), [("A1 ¶1 s1", "12 元")]),
    "its paragraph": ("values", put("claims", 3, paragraph=1), [("A1 ¶1", "40 亩")]),
    "a number in words": ("values", put("claims", 4, value_text="工期21个月"), [("A1 ¶2 s1", "21")]),
    "a number in a scope": ("values", put("claims", 4, scope="9个标段"), [("A1 ¶2 s1", "9")]),
    "a day": ("dates", put("claims", 2, value_date="2024-05-09"), [("A1 ¶2 s1", "2024-05-09")]),
    "a month": ("dates", put("claims", 2, value_date="2024-06"), [("A1 ¶2 s1", "2024-06")]),
    "no qualifier": ("qualifiers", put("claims", 3, qualifier=""), [("A1 ¶2", "40 亩 plain")]),
    "another qualifier": (
        "qualifiers",
        put("claims", 1, qualifier="nearly"),
        [("A1 ¶1 s1", "3 万吨 nearly")],
    ),
    "a qualifier that is not printed": (
        "qualifiers",
        put("claims", 0, qualifier="about"),
        [("A1 ¶1 s1", "2.50 亿 about")],
    ),
    "a forecast that is none": (
        "qualifiers",
        put("claims", 3, qualifier="expected"),
        [("A1 ¶2", "40 亩 expected")],
    ),
    "a claim too few": ("completeness", drop("claims", 0), [("A1 ¶1 s1", "2.50")]),
    "a statistic too few": ("completeness", drop("statistics", 1), [("A1 ¶1 s2", "12")]),
    "words too few": ("completeness", drop("claims", 4), [("A1 ¶2 s1", "20")]),
    "a figure at another place": (
        "completeness",
        put("claims", 3, paragraph=1),
        [("A1 ¶2 s1", "40")],
    ),
    "a figure in another unit": ("completeness", put("claims", 1, unit="吨"), [("A1 ¶1 s1", "3")]),
    "a sentence as a note": (
        "borrowed",
        put("claims", 2, note="于今年5月8日开工、占地约40亩"),
        [("c2 note", "于今年5月8日开工占地约40")],
    ),
    "a sentence as works": (
        "borrowed",
        put("claims", 4, value_text="说每吨可省12元；水厂一期于今年"),
        [("c4 value_text", "说每吨可省12元水厂一期于今")],
    ),
    "a sentence as a summary": (
        "borrowed",
        put("projects", 0, summary="惠及五大片区，某水务公司说：每吨可省水费"),
        [],  # the firm's name stands between two short runs
    ),
    "a longer one": (
        "borrowed",
        put("projects", 0, summary="每吨可省12元，水厂今年开工；日供水3万吨以上，惠及五大片区"),
        [("works summary", "日供水3万吨以上惠及五大片区")],
    ),
    "a sentence as a section's title": (
        "borrowed",
        put("sections", 0, title="日供水3万吨以上惠及五大片区"),
        [("A1 title", "日供水3万吨以上惠及五大片区"[:14])],
    ),
    "an alias": ("aliases", put("aliases", 0, name="水厂（二期）"), [("A1 ¶2 s1", "水厂（二期）")]),
    "an alias of other width": (
        "aliases",
        put("aliases", 0, name="水厂(一期)"),
        [("A1 ¶2 s1", "水厂(一期)")],
    ),
    "a party": ("parties", put("organisations", 0, aliases=[]), [("A1 ¶1 s2", "firm")]),
    "a place": ("project_places", put("places", 0, name="旧桥"), [("A1 ¶1 s1", "QJ-0001")]),
    "a place without its source": ("project_places", drop("place_sources", 0), [("", "QJ-0001")]),
    "a source of another place": ("project_places", put("projects", 0, place=None), [("", "QJ-0001")]),
    "a neighbour": (
        "neighbours",
        put("neighbours", 0, sentence=2),
        [("A1 ¶1 s2", "QJ-0001"), ("A1 ¶1 s2", "QJ-0001")],
    ),
    "a name": (
        "names",
        lambda rows: (put("projects", 0, name="旧桥水厂")(rows), drop("aliases", 0)(rows)),
        [("", "works")],
    ),
}


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_finds_nothing_where_all_is_right(name):
    assert list(CHECKS[name]({"paper": PAPER}, right())) == []


@pytest.mark.parametrize(("name", "change", "expected"), WRONG.values(), ids=WRONG)
def test_a_check_finds_what_is_changed_and_nothing_else(name, change, expected):
    rows = deepcopy(right())
    change(rows)
    found = [(one.place, one.text) for one in CHECKS[name]({"paper": PAPER}, rows)]
    assert found == expected


def test_names_are_no_borrowed_words():
    """A name of a record or the title of a document may be as long as it likes."""
    printed_text = checks.letters("新桥水厂改扩建工程项目管理办公室《关于加快推进水厂建设的若干意见》")
    ours = "见《关于加快推进水厂建设的若干意见》"
    assert checks.shared_run(ours, printed_text, []) == ""
    assert checks.shared_run("新桥水厂改扩建工程项目管理办公室", printed_text, ["新桥水厂改扩建工程"]) == ""
    assert (
        checks.shared_run("新桥水厂改扩建工程项目管理办公室", printed_text, [])
        == "新桥水厂改扩建工程项目管理办"
    )
    assert checks.shared_run("新桥水厂改扩建工程项目管理", printed_text, []) == ""
