"""The search columns: what stands in them, who writes them, and when they are behind."""

from io import StringIO

import pytest
from django.core.management import call_command

from projects.models import DataVersion, Project
from projects.records import fixture_load
from projects.search import index
from tests import cast

pytestmark = pytest.mark.django_db


def made() -> Project:
    town = cast.place("town", name="永城镇", name_en="Yongcheng Town", kind="town")
    of = cast.project(
        "藻渡水库",
        name_en="Zaodu Reservoir",
        place=cast.place("bank", name="河岸", name_en="Riverbank", parent=town),
        national_code="2018-500110-76-01-012345",
    )
    cast.alias(of, "濑渡水库")
    cast.party(of, organisation=cast.organisation(aliases=["某建"]))
    return of


def test_a_project_is_found_by_all_its_names_parties_places_and_codes():
    of = made()
    assert index.index(of) is True
    of.refresh_from_db()
    assert of.search_name == "\n藻渡水库\nzaodureservoir\nqj-0001\n2018-500110-76-01-012345\n"
    assert of.search_aliases == "\n濑渡水库\n"
    assert {"某建筑公司", "abuildingcompany", "某建", "河岸", "riverbank", "永城镇", "yongchengtown"} <= set(
        of.search_text.split("\n")
    )
    assert {"zaodushuiku", "zdsk", "ldsk", "mjzgs", "yongchengzhen"} <= set(of.search_pinyin.split("\n"))
    assert ["alias", "濑渡水库", "lai du shui ku"] in of.search_labels
    assert [kind for kind, *_ in of.search_labels] == sorted(
        (kind for kind, *_ in of.search_labels), key=["name", "code", "alias", "party", "place"].index
    )


def test_indexing_again_writes_nothing_and_raises_no_version(django_assert_num_queries):
    of = made()
    index.index(of)
    assert index.index(Project.objects.get(pk=of.pk)) is False
    assert Project.objects.get(pk=of.pk).version == of.version


def test_a_name_that_changed_is_indexed_anew():
    of = made()
    index.index(of)
    of.name = "北渡水库"
    of.save()
    assert index.index_all() == [of.code]
    of.refresh_from_db()
    assert of.search_name.startswith("\n北渡水库\n") and "藻渡" not in of.search_text


def test_no_column_of_identity_can_be_written_as_an_index():
    of = made()
    with pytest.raises(TypeError, match="name"):
        Project.objects.filter(pk=of.pk).store_index({"name": "x"})


def test_a_project_never_indexed_is_noticed():
    made()
    assert index.is_behind()
    index.index_all()
    assert not index.is_behind()


def said_by(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_seeding_an_upgraded_database_indexes_it_once(monkeypatch):
    made()
    monkeypatch.setattr(fixture_load, "is_loaded", lambda folder: True)
    before = DataVersion.objects.filter(id=1).values_list("number", flat=True).first() or 0
    assert said_by("seed") == "Search: 1 projects indexed.\n"
    assert DataVersion.objects.get(id=1).number == before + 1
    assert said_by("seed") == ""
    assert DataVersion.objects.get(id=1).number == before + 1


@pytest.mark.django_db(transaction=True)
def test_rebuilding_indexes_too():
    made()
    assert "1 were indexed anew" in said_by("rebuild")
    assert "indexed" not in said_by("rebuild")
