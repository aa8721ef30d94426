"""What the script asks while a project's facts are typed: as the form reads them, and names alike."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.models import AuditEntry, Batch
from tests.cast import project, source

pytestmark = pytest.mark.django_db

READING = "/desk/projects/reading/"
STATEMENTS = 12


def answers(client, who, **typed: str) -> dict[str, dict]:
    client.force_login(who)
    given = client.post(READING, typed)
    assert given.status_code == 200
    return given.json()


@pytest.mark.parametrize(
    ("typed", "words", "is_fault"),
    [
        ({"total_investment": "5600", "total_investment_unit": "wan"}, "5,600 万元 = 0.56 亿元", False),
        ({"total_investment": "约3亿元"}, "约 3 亿元", False),
        ({"total_investment": "很多"}, "“很多”", True),
        ({"date_completed": "2026年三季度"}, "承诺日期：2026年三季度", False),
        ({"date_started": "2025年3月"}, "实际日期：2025年3月", False),
        ({"date_started": "2026年"}, "“2026年”", True),
        ({"source": "notice"}, "关于建设的通知，2026年1月20日", False),
        ({"source": "nowhere"}, "", True),
    ],
)
def test_each_box_is_read_as_the_form_reads_it(client, people, typed, words, is_fault):
    source("notice", kind="notice", title="关于建设的通知", published="2026-01-20")
    (found,) = answers(client, people.editor, **typed).values()
    assert words in found["words"] and found["is_fault"] is is_fault
    assert not Batch.objects.exists() and not AuditEntry.objects.filter(action__startswith="batch").exists()


def test_relative_words_count_from_the_document(client, people):
    source("notice", kind="notice", published="2024-10-17")
    found = answers(client, people.editor, source="notice", date_completed="明年底")
    assert "2025" in found["date_completed"]["words"]


def test_names_that_are_alike_are_shown_with_their_pages(client, people):
    project("綦江古剑山索道工程")
    found = answers(client, people.editor, name="古剑山索道")["name"]
    assert [one["href"] for one in found["links"]] == ["/desk/projects/QJ-0001/facts/"] and found["words"]
    assert answers(client, people.editor, name="永新梨园")["name"]["links"] == []


def test_it_takes_a_fixed_number_of_statements(client, people):
    typed = {"name": "示范工厂", "total_investment": "3", "source": "paper", "date_started": "2025-01"}
    source(), project()
    client.force_login(people.editor)
    client.post(READING, typed)
    for _ in range(4):
        with CaptureQueriesContext(connection) as asked:
            client.post(READING, typed)
        assert len(asked) <= STATEMENTS, [one["sql"][:120] for one in asked]
        project()


def test_to_others_it_is_not_there(client, people):
    client.force_login(people.reporter)
    assert client.post(READING, {"name": "某"}).status_code == 404
