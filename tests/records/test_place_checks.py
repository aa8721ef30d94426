"""The command that names places without a sentence, and sentences without their figure."""

import os
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from projects.choices import Topic
from projects.core.money import Money
from projects.models import Source
from projects.records import documents, fixture_load
from tests.cast import AT, LOADED_AT, project, published, section, source
from tests.documents import printed
from tests.documents.places import FILES

pytestmark = pytest.mark.django_db

FORTY, FIFTY = Money(4_000_000_000, "yi", 0), Money(5_000_000_000, "yi", 0)
TEXT = "水厂总投资40亿元。年内开工。\n另有50亿元。"


def named() -> list[str]:
    out = StringIO()
    try:
        call_command("check_places", stdout=out)
    except CommandError:
        return out.getvalue().splitlines()
    assert "every place has its sentence" in out.getvalue()
    return []


@pytest.fixture
def place() -> dict:
    row = documents.keep(source(), TEXT.encode(), by=None, at=AT)
    return {"source": row, "section": section(row, "1", lines="1; 2", paragraphs=2)}


@pytest.mark.parametrize(
    ("value", "at", "words"),
    [
        (FORTY, (1, 1), None),
        (FORTY, (1, None), None),
        (FORTY, (None, None), None),
        (FORTY, (1, 3), "paper 1 ¶1 s3 (x): there is no such sentence; the nearest is 1 ¶1 s2"),
        (FORTY, (2, 2), "paper 1 ¶2 s2 (x): there is no such sentence; the nearest is 1 ¶2 s1"),
        (FORTY, (1, 2), "paper 1 ¶1 s2 (x): “40 亿” is not in its sentence; the nearest is 1 ¶1 s1"),
        (FIFTY, (1, 1), "paper 1 ¶1 s1 (x): “50 亿” is not in its sentence; the nearest is 1 ¶2 s1"),
        (Money(10**9, "yi", 0), (1, 1), "paper 1 ¶1 s1 (x): “10 亿” is not in its sentence"),
    ],
)
def test_what_does_not_fit_is_named_with_the_nearest(value, at, words, place):
    published(project(), Topic.TOTAL_INVESTMENT, value, ref="x", paragraph=at[0], sentence=at[1], **place)
    assert named() == ([words] if words else [])


def test_a_figure_printed_otherwise_is_looked_for_as_it_is_printed(place):
    one = published(
        project(), Topic.TOTAL_INVESTMENT, FIFTY, paragraph=1, sentence=1, printed_as="40亿", **place
    )
    assert named() == []
    Source.objects.filter(pk=one.source_id).update(file_kind="", sha256="")
    assert named() == [], "without a text nothing is looked up"


def test_what_was_corrected_is_not_named(place):
    wrong = published(project(), Topic.TOTAL_INVESTMENT, FIFTY, paragraph=1, sentence=1, **place)
    assert len(named()) == 1
    published(wrong.project, Topic.TOTAL_INVESTMENT, FORTY, paragraph=1, sentence=1, corrects=wrong, **place)
    assert named() == []


def test_on_the_documents_nothing_is_named():
    where = printed.folder(os.environ)
    fixture_load.load(settings.FIXTURES, at=LOADED_AT)
    for code in FILES:
        documents.keep(
            Source.objects.get(code=code), printed.path_of(where, code).read_bytes(), by=None, at=AT
        )
    assert named() == []
    Source.objects.get(code="2024-10").sections.filter(number="A1").update(lines="19; 17; 21; 23; 25; 27")
    assert named(), "the control: two paragraphs changed places"
