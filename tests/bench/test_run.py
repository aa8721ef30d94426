"""What the bench is told, what it says to bad input, and that nothing of it stays behind."""

import shutil
import tempfile
from collections import namedtuple
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.bench import kept_figures, paper, run
from tests.bench.measuring import Answer, Figures
from tests.bench.promises import promises
from tests.bench.questions import WEIGHTY, questions


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("words", "sizes", "engines"),
    [
        ([], [1_000, 100_000], ["sqlite", "postgres"]),
        (["1000"], [1_000], ["sqlite", "postgres"]),
        (["1,000,000", "--postgres"], [1_000_000], ["postgres"]),
        (["100000", "1000", "--sqlite", "--print"], [1_000, 100_000], ["sqlite"]),
    ],
)
def test_what_it_is_told(words, sizes, engines):
    assert run.understood(words) == (sizes, engines, "--print" in words)


@pytest.mark.parametrize("word", ["999", "many", "-1", "--mysql", "1e6"])
def test_an_unknown_word_gets_a_sentence(word, capsys, folder):
    assert run.main([word]) == 1
    assert f"{word!r} is no size" in capsys.readouterr().err
    assert not list(folder.iterdir())


def test_a_full_disk_gets_a_sentence(monkeypatch, capsys, folder):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10, 9, 1))
    assert run.main(["1000", "--sqlite"]) == 1
    assert "1,000 projects need" in capsys.readouterr().err
    assert not list(folder.iterdir())


@pytest.mark.parametrize(("error", "status"), [(KeyboardInterrupt, 130), (OSError("No space left"), 1)])
def test_stopped_in_the_middle_nothing_stays(monkeypatch, capsys, folder, error, status):
    def program(environment, *words, **options):
        assert Path(environment["DATA_DIR"]).parent == folder, "a folder of its own"
        assert environment["DATABASE_URL"] == ""
        (Path(environment["DATA_DIR"]) / "tracker.sqlite3").touch()
        raise error

    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/real")
    monkeypatch.setattr(run, "program", program)
    assert run.main(["1000", "--sqlite"]) == status
    assert "othing is left behind" in capsys.readouterr().err
    assert not list(folder.iterdir())


@pytest.fixture
def found() -> list[Figures]:
    asked = questions(1_000, "/projects/?after=x")
    answers = {one.name: Answer(2, 1, 5, 1_000, 4, 25) for one in asked}
    memory = {"before the first request": 90.0}
    return [
        Figures(size, "SQLite", asked, answers=dict(answers), memory=dict(memory))
        for size in (1_000, 100_000)
    ]


def test_the_paper_says_each_question_and_marks_what_is_beyond_its_promise(found):
    found[0].answers["overview"] = Answer(9)
    said = "\n".join(paper.lines(found[0]))
    assert all(f"| {one.name} |" in said for one in found[0].asked)
    assert "| overview | 9.00 | 0.00 | **3.00** |" in said and said.count("**") == 2


def test_the_paper_names_what_was_not_answered(found):
    found[0].answers["overview"] = Answer(3_000, status=503)
    assert "| overview (**503**) |" in "\n".join(paper.lines(found[0]))


def test_the_paper_says_what_falls_short_of_a_promise_beside_all_sizes(found):
    shares = {"Database": 0.2, "Templates": 0.7, "Rest": 0.1}
    found[1].answers |= {"list": Answer(2.4), "overview": Answer(6, shares=shares), "places": Answer(4, 1)}
    found[0].answers |= {"hello": Answer(2.9)}
    said = list(paper.shortfalls(found))
    where = "statements 20 %, templates 70 %, rest 10 %"
    assert f"| overview | ≤ 1 typical pages | 1.00 | **2.00** | {where} |" in said
    assert f"| overview: growth | ≤ 1.25 times |  | **2.00** | {where} |" in said
    assert "| places: growth | ≤ 1.25 times |  | **1.67** | 1.0 of 5.0 ms are the database's own |" in said
    assert not [line for line in said if line.startswith(("| list |", "| kept page |"))]


def test_growth_is_told_of_what_shows_as_many_rows(found):
    """Of 51 for one no growth is told; and it is where there is none to show at either size."""
    one, overview = "search, 1 in 1,000", "overview"
    for size, rows in zip(found, (1, 51), strict=True):
        size.answers |= {one: replace(size.answers[one], rows=rows), overview: Answer(2)}
    told = {each.what for each in promises(found[1], found)}
    assert {"list: growth", "overview: growth"} <= told and f"{one}: growth" not in told


def test_the_first_attempt_is_promised_to_be_slower_at_a_hundred_thousand_only(found):
    names = [{one.what for one in promises(each, found)} for each in found]
    assert "overview: pace" not in names[0] and {"overview: pace", "projects.csv: pace"} <= names[1]


def test_a_run_replaces_its_own_figures_and_keeps_the_others(found, tmp_path):
    file = tmp_path / "speed.json"
    assert kept_figures.read(file) == []
    for one in reversed(found):
        kept = kept_figures.keep(one, file)
    assert kept == kept_figures.read(file) == found
    found[1].memory["before the first request"] = 300
    assert kept_figures.keep(found[1], file) == found == kept_figures.read(file)


def test_a_kept_page_stands_beside_hello_and_beside_a_hello_of_as_many_bytes_and_headers(found):
    found[0].answers |= {"kept page": Answer(0.1), "hello": Answer(0.06), WEIGHTY: Answer(0.08)}
    said = next(paper.sentences(found[0]))
    assert "0.60 of hello's pace (promised 0.9), 0.80 of the pace" in said
    short = next(line for line in paper.shortfalls(found[:1]) if line.startswith("| kept page"))
    assert short.endswith("| 0.80 of the pace of a hello of as many bytes and headers |")


def test_the_drawing_is_a_drawing(found):
    drawn = ElementTree.fromstring(paper.drawing(found))  # noqa: S314 (our own)
    assert len(drawn.findall("{http://www.w3.org/2000/svg}polyline")) == len(paper.DRAWN)
