"""What is remembered of the record until something is published."""

import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from projects.audit import version_memory
from projects.audit.data_version import publishing
from projects.audit.version_memory import VersionMemory, of_one_version, until_published
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


@pytest.fixture
def readings(monkeypatch) -> list[int]:
    """The versions that were read from the database."""
    read, found = version_memory.committed_version, []
    monkeypatch.setattr(version_memory, "committed_version", lambda: found.append(read()) or found[-1])
    return found


def test_a_view_that_only_reads_asks_for_the_version_once(readings):
    @of_one_version
    def view() -> None:
        asked.append((names("甲"), names("乙")))
        publish("乙")
        asked.append((names("甲"), names("乙")))

    asked: list[tuple] = []
    publish("甲")
    view()
    assert asked == [(["甲"], [])] * 2 and len(readings) == 1, "it goes on with what it has begun with"
    assert names("乙") == ["乙"] and names("") and len(readings) == 3, "others ask each time"


def test_what_a_view_reads_late_is_remembered_of_no_later_version(readings):
    @of_one_version
    def view() -> list[str]:
        names("甲")
        publish("乙")
        late = names("")
        publish("丙")
        return late

    publish("甲")
    assert sorted(view()) == ["乙", "甲"] and len(names("")) == 3


def test_a_view_that_fails_holds_nothing(readings):
    @of_one_version
    def view() -> None:
        names("")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        view()
    publish("甲")
    assert names("") == ["甲"]


def test_a_public_page_asks_for_the_version_once(client, readings):
    client.get("/projects/")
    assert len(readings) == 1


def test_control_what_is_written_past_the_version_is_not_seen():
    publish("甲")
    assert names("") == ["甲"]
    Place.objects.create(code="b", name="乙", kind="town")
    assert names("") == ["甲"]
    VersionMemory.forget()
    assert len(names("")) == 2


def test_it_holds_so_many_answers_at_most(monkeypatch):
    monkeypatch.setattr(version_memory, "MAX_ANSWERS", 3)
    for begin in "abcdefg":
        names(begin)
    assert len(VersionMemory.kept[1]) <= 3
