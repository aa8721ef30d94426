"""The audit chain: each entry carries the hash of the one before, and tampering is named by its entry."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from projects.audit import log
from projects.audit.rules.chain import BEGINNING
from projects.models import AuditEntry, append_only
from tests.cast import AT

pytestmark = pytest.mark.django_db


def write(count: int) -> list[AuditEntry]:
    return [
        log.record("project.save", f"row {number}", by=None, at=AT, after={"金额": number, "x": None})
        for number in range(1, count + 1)
    ]


def verify() -> str:
    said = StringIO()
    call_command("verify_audit", stdout=said)
    return said.getvalue()


def tamper(sql: str, *values) -> None:
    with append_only.lifted(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_the_first_entry_begins_the_chain_and_each_follows_from_the_one_before():
    entries = write(3)
    assert [entry.number for entry in entries] == [1, 2, 3]
    assert [entry.previous_hash for entry in entries] == [BEGINNING, entries[0].hash, entries[1].hash]
    assert len({entry.hash for entry in entries}) == 3


def test_a_whole_chain_verifies_and_says_its_newest_hash():
    last = write(3)[-1]
    assert verify() == f"3 entries; newest hash {last.hash}.\n"


def test_an_empty_chain_verifies():
    assert verify() == "0 entries; newest hash none.\n"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE projects_auditentry SET action = 'nothing' WHERE number = 2",
        "UPDATE projects_auditentry SET subject = 'another' WHERE number = 2",
        "UPDATE projects_auditentry SET at = '2020-01-01 00:00:00' WHERE number = 2",
        """UPDATE projects_auditentry SET after = '{"x": null, "金额": 9}' WHERE number = 2""",
        "UPDATE projects_auditentry SET before = '{}' WHERE number = 2",
        "UPDATE projects_auditentry SET hash = 'forged' WHERE number = 2",
        "UPDATE projects_auditentry SET previous_hash = 'forged' WHERE number = 2",
        "UPDATE projects_auditentry SET number = 7 WHERE number = 2",
        "DELETE FROM projects_auditentry WHERE number = 2",
    ],
)
def test_the_first_bad_entry_is_named(sql):
    """The control is the test above: the same chain, not tampered with, verifies."""
    write(4)
    tamper(sql)
    with pytest.raises(CommandError, match="broken at entry 2"):
        verify()


def test_who_acted_is_covered(people):
    write(1)
    log.record("test", "it", by=people.editor, at=AT)
    assert verify().startswith("2 entries")
    tamper("UPDATE projects_auditentry SET by_id = %s WHERE number = 2", people.reviewer.pk)
    with pytest.raises(CommandError, match="broken at entry 2"):
        verify()


def test_a_forged_entry_with_its_own_true_hash_breaks_the_next():
    """Whoever rewrites one entry must rewrite all that follow, up to the newest hash that is published."""
    second = write(3)[1]
    forged = log.as_plain(second) | {"subject": "another"}
    true_hash = log.chain.link(forged, second.previous_hash)
    tamper("UPDATE projects_auditentry SET subject = 'another', hash = %s WHERE number = 2", true_hash)
    with pytest.raises(CommandError, match="broken at entry 3"):
        verify()


def test_a_cut_tail_shows_in_the_newest_hash():
    newest = write(3)[-1].hash
    tamper("DELETE FROM projects_auditentry WHERE number = 3")
    assert newest not in verify()


def test_an_entry_falls_with_the_transaction_it_tells_of():
    write(1)
    with pytest.raises(ValueError, match="no"), transaction.atomic():
        log.record("test", "undone", by=None, at=AT)
        raise ValueError("no")
    assert AuditEntry.objects.count() == 1
    log.record("test", "next", by=None, at=AT)
    assert verify().startswith("2 entries")


def test_the_moment_is_kept_to_the_microsecond_in_any_zone():
    at = datetime(2026, 3, 2, 23, 59, 59, 123456, tzinfo=UTC)
    log.record("test", "it", by=None, at=at)
    assert AuditEntry.objects.get().at == at
    assert verify().startswith("1 entries")
