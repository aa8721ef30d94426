"""The search columns: what stands in them, who writes them, and when they are behind."""

from io import StringIO

import pytest
from django.core.management import call_command

from projects.models import DataVersion, Project, SearchPair, SearchText
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


def indexed(of: Project) -> list[str]:
    return index.index(Project.objects.filter(pk=of.pk))


def test_a_project_is_found_by_all_its_names_parties_places_and_codes():
    of = made()
    assert indexed(of) == [of.code]
    text = of.search_text
    assert text.name == "\n藻渡水库\nzaodureservoir\nqj-0001\n2018-500110-76-01-012345\n"
    assert text.aliases == "\n濑渡水库\n"
    assert {"某建筑公司", "abuildingcompany", "某建", "河岸", "riverbank", "永城镇", "yongchengtown"} <= set(
        text.text.split("\n")
    )
    assert {"zaodushuiku", "zdsk", "ldsk", "mjzgs", "yongchengzhen"} <= set(text.pinyin.split("\n"))
    assert ["alias", "濑渡水库", "lai du shui ku"] in text.labels
    assert ["word", "大坝", "da ba"] in text.labels  # what people say of a reservoir
    kinds = ["name", "code", "alias", "party", "place", "word"]
    assert [kind for kind, *_ in text.labels] == sorted((kind for kind, *_ in text.labels), key=kinds.index)
    pairs = set(text.pairs.values_list("pair", flat=True))
    assert {"藻渡", "濑", "zaodus", "zdsk", "某建", "城镇", "大坝", "500", "riv"} <= pairs


def test_indexing_again_writes_nothing(django_assert_num_queries):
    of = made()
    indexed(of)
    with django_assert_num_queries(
        9
    ):  # the project with what it is called, its doubles, its text, pieces, keys
        assert indexed(of) == []
    assert Project.objects.get(pk=of.pk).version == of.version


def test_a_name_that_changed_is_indexed_anew():
    of = made()
    indexed(of)
    of.name = "北渡水库"
    of.save()
    assert index.differing(Project.objects.all()) == [of.code]
    assert index.index_all() == [of.code]
    text = SearchText.objects.get()
    assert text.name.startswith("\n北渡水库\n") and "藻渡" not in text.text
    assert not text.pairs.filter(pair="藻渡").exists() and text.pairs.filter(pair="北渡").exists()
    assert index.differing(Project.objects.all()) == []


def test_a_piece_that_is_missing_or_too_many_is_noticed_and_mended():
    of = made()
    indexed(of)
    pairs = SearchPair.objects.filter(project=of.pk)
    pairs.filter(pair="藻渡").delete()
    assert index.differing(Project.objects.all()) == [of.code] == indexed(of)
    SearchPair.objects.create(pair="没有", project_id=of.pk)
    assert indexed(of) == [of.code] and not pairs.filter(pair="没有").exists()


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
