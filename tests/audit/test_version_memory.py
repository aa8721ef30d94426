"""What is remembered of the record until something is published."""

import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from projects.audit import version_memory
from projects.audit.data_version import publishing
from projects.audit.version_memory import until_published
from projects.models import Place
from tests.cast import AT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.every_engine]


@until_published
def names(begin: str) -> list[str]:
    return list(Place.objects.filter(name__startswith=begin).values_list("name", flat=True))


def publish(name: str) -> None:
    with publishing(AT):
        Place.objects.create(code=name, name=name, kind="town")


def test_it_is_read_once_until_something_is_published():
    publish("甲")
    assert names("") == ["甲"]
    with CaptureQueriesContext(connection) as asked:
        assert names("") == ["甲"] and names("乙") == []
    assert sum("projects_place" in one["sql"] for one in asked) == 1  # the other argument alone
    publish("乙")
    assert sorted(names("")) == ["乙", "甲"]


def test_what_a_transaction_sees_is_not_remembered():
    publish("甲")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publish("乙")
        assert len(names("")) == 2
        raise ZeroDivisionError
    assert names("") == ["甲"]


def test_nothing_is_remembered_while_the_version_cannot_be_read(monkeypatch):
    def locked():
        raise OperationalError("database is locked")

    monkeypatch.setattr(version_memory, "committed_version", locked)
    assert names("") == []
    Place.objects.create(code="a", name="甲", kind="town")
    assert names("") == ["甲"]


def test_control_what_is_written_past_the_version_is_not_seen():
    publish("甲")
    assert names("") == ["甲"]
    Place.objects.create(code="b", name="乙", kind="town")
    assert names("") == ["甲"]
    version_memory.VersionMemory.forget()
    assert len(names("")) == 2


def test_it_holds_so_many_answers_at_most(monkeypatch):
    monkeypatch.setattr(version_memory, "MAX_ANSWERS", 3)
    for begin in "abcdefg":
        names(begin)
    assert len(version_memory.VersionMemory.kept[1]) <= 3
