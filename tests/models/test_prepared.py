"""Statements written once for a form find what the query itself finds, whatever values they are given."""

from datetime import date
from unittest.mock import patch

import pytest
from django.db import connection
from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

from projects.claims import projection
from projects.models import Claim, Current, Project
from projects.models import prepared as prepared_statements
from projects.models.prepared import Prepared, among, prepared, written_out
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]
NAMES = ("100%工程", "100_工程", "100x工程", "o'工程", "\\工程")


@pytest.fixture
def records() -> list[Project]:
    made = [cast.project(name) for name in NAMES]
    for one in made:
        cast.published(one)
    projection.rebuild_all()
    return made


def rows() -> QuerySet:
    return Current.objects.order_by("number")


def having(found: QuerySet, lookup: str, *, value) -> QuerySet:
    return found.filter(**{lookup: value}).values_list("name", "amounts", "is_counted", "last_known_on")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lookup", ["name", "name__contains", "name__startswith"])
def test_a_value_is_taken_as_it_is(records, lookup, name):
    (row,) = Prepared(rows).then(having, lookup, value=name).fetch()
    assert row[0] == name


@pytest.mark.parametrize("name", NAMES)
def test_what_is_part_of_a_form_is_taken_as_it_is(records, name):
    found = Prepared(rows).then(_named, name, least=0)
    assert [row[0] for row in found.fetch()] == [name]


def _named(found: QuerySet, name: str, *, least) -> QuerySet:
    found = found.filter(number__gt=least, name=name, is_counted__in=[True, False])
    return found.values_list("name", "last_known_on")


@pytest.mark.parametrize("text", ["%", "_", "\\", "'", "工程", "x工", "%s", "无"])
def test_a_part_of_a_name_finds_what_the_query_finds(records, text):
    found = Prepared(rows).then(having, "name__contains", value=text)
    assert found.fetch() == list(found.query()) == list(having(rows(), "name__contains", value=text))


@pytest.mark.parametrize("value", [0, 1, 3, 99_999, date(2000, 1, 1), date(2999, 1, 1)])
def test_numbers_and_days_are_of_their_own_kind(records, value):
    lookup = "number__gt" if isinstance(value, int) else "last_known_on__gt"
    found = Prepared(rows).then(having, lookup, value=value)
    assert found.fetch() == list(found.query())


def test_keys_are_written_out_however_many(records):
    for some in ([], [records[1].pk], [one.pk for one in records]):
        assert [key for key, *_ in Prepared(_keys).then(among, "pk", keys=some).fetch()] == some


def _keys() -> QuerySet:
    return rows().values_list("pk")


def test_keys_stand_among_other_values_in_their_places(records):
    first, second, *_ = [one.pk for one in records]
    asked = Prepared(_keys).then(_between, without=[first], others=[first, second], text="_", least=0)
    assert asked.fetch() == [(second,)]
    assert asked.then(among, "pk", keys=[]).fetch() == []


def _between(found: QuerySet, *, without, others, text, least) -> QuerySet:
    found = found.filter(name__contains=text, number__gt=least)
    return found.filter(pk__in=written_out(others), number__gte=least).exclude(pk__in=written_out(without))


def test_several_steps_keep_their_values_apart(records):
    found = Prepared(rows).then(_longer, length=3).then(having, "name__contains", value="工")
    assert found.fetch() == list(found.query())


def _longer(found: QuerySet, *, length) -> QuerySet:
    return found.filter(number__gte=length)


def test_a_form_is_written_once(records):
    Prepared(rows).then(having, "name__endswith", value="工").fetch()
    with patch.object(SQLCompiler, "as_sql", side_effect=AssertionError("written again")):
        for name in NAMES:
            assert len(Prepared(rows).then(having, "name__endswith", value=name).fetch()) == 1


def test_what_its_columns_hold_is_found_once_for_a_form(records):
    asked = []

    def numbered(found: QuerySet, *, least) -> QuerySet:
        asked.append(least)
        return found.filter(number__gte=least).annotate(rank=Value("a"))

    for least in (1, 2, 3):
        fields = Prepared(rows).then(numbered, least=least).fields("last_known_on", "rank")
        assert [type(one) for one in fields] == [DateField, CharField]
    assert len(asked) == 1


def test_what_can_find_nothing_asks_nothing(records, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Prepared(Current.objects.none).fetch() == []


def test_a_function_that_changes_a_value_is_found(records):
    with pytest.raises(ValueError, match="changes what it is given"):
        Prepared(rows).then(_beginning, text="工程").fetch()


def _beginning(found: QuerySet, *, text: str) -> QuerySet:
    return found.filter(name=text[:2])


def test_a_query_that_is_made_already_is_asked_as_it_is(records):
    found = prepared(rows().annotate(twice=F("number") * 2)).then(having, "twice__gt", value=4)
    assert found.fetch() == list(having(rows(), "number__gt", value=2))


def test_rows_of_a_table_are_whole_with_what_is_read_beside_them(records, django_assert_num_queries):
    some = [one.pk for one in records[:2]]
    found = Prepared(_whole).then(among, "pk", keys=some).fetch()
    with django_assert_num_queries(0):
        told = [(one.name, one.project.slug, one.amounts, one.twice) for one in found]
    plain = _whole().filter(pk__in=some)
    assert told == [(one.name, one.project.slug, one.amounts, one.twice) for one in plain]


def test_what_several_rows_name_is_made_once_and_as_the_query_makes_it(records, django_assert_num_queries):
    place = cast.place()
    for one in records[1:3]:
        one.place = place
        one.save()
    found = Prepared(_claims).fetch()
    with django_assert_num_queries(0):
        told = [(one, one.source, one.project, one.project.place, one.corrects, one.code) for one in found]
    plain = [(one, one.source, one.project, one.project.place, one.corrects, one.code) for one in _claims()]
    assert told == plain and {row[3] for row in told} == {None, place}
    assert (
        len({id(one.source) for one in found})
        == len({id(one.project.place) for one in found} - {id(None)})
        == 1
    )
    assert len({id(one.project) for one in found}) == len(NAMES)


def _claims() -> QuerySet[Claim]:
    named = Claim.objects.select_related("source", "project__place", "corrects")
    return named.annotate(code=F("project__code")).order_by("ref")


def _whole() -> QuerySet[Current]:
    return rows().select_related("project").annotate(twice=F("number") * 2)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans while it compiles")
def test_postgresql_plans_a_form_once_whatever_its_values_and_its_keys(records):
    for number, one in enumerate(records):
        assert Prepared(rows).then(having, "name", value=one.name).fetch()
        assert Prepared(_keys).then(among, "pk", keys=[key.pk for key in records[number:]]).fetch()
    assert [statement.count("$1") for statement in _planned()] == [1, 1]


def _planned() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [statement for (statement,) in cursor.fetchall() if "projects_current" in statement]


def names(found: list[tuple], *given: str) -> list[str]:
    return [*(row[0] for row in found), *given]


def test_what_is_made_of_rows_is_the_same_as_long_as_they_are(records):
    asked = Prepared(rows).then(having, "name__startswith", value="100")
    first = asked.made(names)
    assert first == names(asked.fetch()) and asked.made(names) is first
    assert asked.made(names, "more") == [*first, "more"] and asked.made(names) is first
    Current.objects.filter(name=first[0]).update(name="1000")
    assert asked.made(names) == names(asked.fetch()) != first


def test_control_by_what_is_asked_alone_it_would_be_of_yesterday(records, monkeypatch):
    asked, seen = Prepared(rows).then(having, "name__startswith", value="100"), {}
    made = prepared_statements._made.__wrapped__

    def by_less(statement, found, *more):
        return seen.setdefault(more, made(statement, found, *more))

    monkeypatch.setattr(prepared_statements, "_made", by_less)
    first = asked.made(names)
    Current.objects.filter(name=first[0]).update(name="1000")
    assert asked.made(names) != names(asked.fetch())


def test_what_is_made_of_nothing(records):
    assert Prepared(_keys).then(among, "pk", keys=[]).made(names) == []
