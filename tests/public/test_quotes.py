"""The sentence behind a figure: on every page that notes it, and in claims.json, where it may be quoted."""

import pytest

from projects.models import Source, SourceSection
from projects.records import documents
from tests import cast
from tests.public.portfolio import figures
from tests.public.reading import read, zh

pytestmark = pytest.mark.django_db

SENTENCE = "总投资约40亿元，漏不得。"
TEXT = f"工厂正在建设。{SENTENCE}\n第二段。\n今年共有166个重点项目。"
PAGES = ("/projects/factory/", "/projects/factory/history/", "/sources/paper/")


@pytest.fixture
def kept(made) -> Source:
    figures(made)
    source = documents.keep(made.paper, TEXT.encode(), by=None, at=cast.AT)
    SourceSection.objects.filter(source=source, number="1").update(lines="1; 2; 3")
    Source.objects.filter(pk=source.pk).update(may_be_quoted=True)
    return source


def test_every_page_that_notes_a_figure_shows_its_sentence(client, kept):
    for path in [*PAGES, *(f"/en{path}" for path in PAGES)]:
        page = read(client, path)
        found = [one for one in page.all("blockquote") if one.text.startswith("总投资")]
        assert {(one.text, one.given["lang"]) for one in found} == {(SENTENCE, "zh-Hans")}, path
        assert "约40亿元" in [one.text for one in page.all("mark")], path


def test_it_stands_in_the_note_that_its_mark_opens(client, kept):
    page = read(client, "/projects/factory/")
    assert any(link.href == "#note-f-total" and link.given.get("class") == "fn" for link in page.links)
    (note,) = [one for one in page.all("div", "note") if one.given["id"] == "note-f-total"]
    assert SENTENCE in note.text and "第1部分第1段第2句" in note.text


def test_below_the_figures_of_the_district_it_stands_in_their_notes(client, kept):
    assert "今年共有166个重点项目。" in read(client, "/statistics/").one("div", id="n-s-166").text


@pytest.mark.parametrize("path", ["/promises/", "/?asof=2024-12-31&known=2024-12-31"])
def test_elsewhere_it_is_folded(client, kept, path):
    found = read(client, path).all("details", "quoted")
    assert found and all(one.text.startswith(zh("The sentence")) for one in found)


@pytest.mark.parametrize(
    "fields", [{"may_be_quoted": False}, {"file_kind": "pdf"}, {"file_kind": "", "sha256": ""}]
)
def test_without_a_text_that_may_be_quoted_all_looks_as_before(client, kept, fields):
    Source.objects.filter(pk=kept.pk).update(**fields)
    for path in (*PAGES, "/statistics/", "/promises/", "/"):
        page = read(client, path)
        assert not page.all("blockquote") and not page.all("details", "quoted"), path
    told = client.get("/data/claims.json").json()["claims"]
    assert told and {claim["quote"] for claim in told} == {None}
    named = fields.get("file_kind") == "pdf"
    assert ("存有：PDF" in read(client, "/sources/paper/").main) == named
