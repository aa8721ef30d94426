"""The sentence behind a claim: only of a text that is kept, public and may be quoted; its figure apart."""

import pytest

from projects.choices import Topic
from projects.claims import quotes
from projects.claims.quotes import quote_of
from projects.core.money import Money
from projects.core.printed_figures import Quote
from projects.models import Source
from projects.models.source import folder
from projects.records import documents
from tests.cast import AT, alias, project, published, section, source
from tests.reports.pdf_files import pdf

pytestmark = pytest.mark.django_db

TEXT = "题目\n水厂总投资约40\n亿元。年内开工。\n产能翻番！"
FORTY = Money(4_000_000_000, "yi", 0)


def kept(data: bytes = TEXT.encode(), **fields) -> Source:
    row = documents.keep(source(), data, by=None, at=AT)
    Source.objects.update(**{"may_be_quoted": True} | fields)
    row.refresh_from_db()
    section(row, lines="2,3; 4; 9", title="甲")
    return row


def said(row: Source, sentence: int | None = 1, paragraph: int | None = 1, **fields) -> Quote | None:
    place = {"source": row, "section": row.sections.get(), "paragraph": paragraph, "sentence": sentence}
    return quote_of(published(project(), Topic.TOTAL_INVESTMENT, FORTY, **place | fields))


def test_the_sentence_with_its_figure():
    row = kept()
    assert said(row, qualifier="about") == Quote("水厂总投资", "约40亿元", "。")
    assert said(row, 2) == Quote("年内开工。")
    assert said(row, None) == Quote("水厂总投资", "约40亿元", "。年内开工。")
    assert said(row, 1, 2, printed_as="翻番") == Quote("产能", "翻番", "！")
    assert quote_of(alias(project(), source=row, section=row.sections.get(), paragraph=2)) == Quote(
        "产能翻番！"
    )


@pytest.mark.parametrize(
    ("sentence", "paragraph", "fields"),
    [(3, 1, {}), (1, 3, {}), (1, 4, {}), (None, None, {}), (1, 1, {"section": None})],
)
def test_a_place_that_is_not_there_has_none(sentence, paragraph, fields):
    assert said(kept(), sentence, paragraph, **fields) is None


@pytest.mark.parametrize("fields", [{"may_be_quoted": False}, {"is_public": False}])
def test_what_may_not_be_quoted_is_not(fields):
    assert said(kept(**fields)) is None


def test_only_a_text_is_quoted():
    assert said(kept(pdf())) is None


def test_a_text_that_is_gone_is_missed_and_not_fatal(caplog):
    row = kept()
    quotes._lines.cache_clear()
    (folder() / row.file_name).unlink()
    assert said(row) is None and "paper cannot be read" in caplog.text
