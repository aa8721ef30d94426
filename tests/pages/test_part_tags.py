"""A remembered part is the part as its template writes it, whatever was asked before."""

import random
import re
from datetime import timedelta

import pytest
import time_machine

from projects.choices import Topic
from projects.claims import current
from projects.models import Claim, Project, prepared
from projects.pages import part_tags
from projects.records.footnotes import Note, Notes, NoteWords
from projects.words.project_sentences import Clause
from tests import cast
from tests.public.conftest import built, made, today  # noqa: F401
from tests.public.portfolio import figures, settle

pytestmark = pytest.mark.django_db

ADDRESSES = [
    language + path
    for language in ("", "/en")
    for path in (
        "/projects/?x=",
        "/projects/?sort=name&x=",
        "/projects/?sort=-name&counted=all&x=",
        "/projects/?type=large&x=",
        "/projects/?asof=2024-12-31&x=",
        "/projects/?asof=2029-12-31&x=",
        "/projects/?asof=2025-01-01&known=2025-06-01&x=",
        "/projects/?q=厂&x=",
        "/projects/?stage=preparing&x=",
        "/places/park/?x=",
    )
]

PAGES = [
    language + path + question
    for language in ("", "/en")
    for path in (
        *("/projects/", "/promises/", "/timeline/", "/statistics/", "/compare/", "/news/", "/places/"),
        *("/projects/factory/", "/projects/road/", "/projects/factory/history/", "/projects/road/history/"),
    )
    for question in ("?x=", "?asof=2024-12-31&x=", "?type=large&x=")
]


@pytest.fixture
def listed(made):  # noqa: F811
    """With rows of which one or another is the first whose stage is our reading."""
    figures(made)
    for name in ("甲仓库", "乙仓库"):
        cast.published(cast.project(name), Topic.STAGE, "building", basis="inferred", note="照片所示")
    settle()


@pytest.fixture(autouse=True)
def nothing_remembered():
    part_tags._row.cache_clear()
    part_tags.PARTS.clear()


def rows_of(client, address: str) -> list[str]:
    return re.findall(r'<tr data-is="project">.*?</tr>', client.get(address).content.decode(), re.DOTALL)


def alone(client, address: str) -> list[str]:
    part_tags._row.cache_clear()
    return rows_of(client, address)


def test_what_is_remembered_is_what_would_be_written_now(client, listed):
    fresh = {address: alone(client, address) for address in ADDRESSES}
    assert sum(map(len, fresh.values())) > 40
    part_tags._row.cache_clear()
    asked = ADDRESSES * 3
    random.Random(0).shuffle(asked)
    for address in asked:
        assert rows_of(client, address) == fresh[address], address
    assert part_tags._row.cache_info().hits > 40


def test_words_grow_older(client, listed):
    before = rows_of(client, "/projects/?x=1")
    with time_machine.travel(cast.AT + timedelta(days=1000)):
        after = rows_of(client, "/projects/?x=1")
        assert after == alone(client, "/projects/?x=2") != before


def test_a_changed_name_is_another_row(client, listed):
    assert len(rows_of(client, "/projects/?x=1")) == len(rows_of(client, "/projects/?x=2"))
    road = Project.objects.get(slug="road")
    road.name = "改名后的公路"
    road.save()
    current.refresh(list(Project.objects.filter(slug="road").values_list("pk", flat=True)))
    assert any("改名后的公路" in row for row in rows_of(client, "/projects/?x=3"))


@pytest.mark.parametrize("part", ["carried", "language", "explained"])
def test_control_without_a_part_of_its_key_it_would_be_another(client, listed, monkeypatch, part):
    fresh = {address: alone(client, address) for address in ADDRESSES}
    seen, written = {}, part_tags._row.__wrapped__
    names = ("row", "clocks", "carried", "words", "hits", "explained", "language")

    def by_less(*values):
        key = tuple(value for name, value in zip(names, values, strict=True) if name != part)
        return seen.setdefault(key, written(*values))

    monkeypatch.setattr(part_tags, "_row", by_less)
    assert any(rows_of(client, address) != fresh[address] for address in ADDRESSES * 2)


def pages(client, addresses=PAGES) -> dict[str, str]:
    return {address: client.get(address).content.decode() for address in addresses}


def fresh_pages(client, addresses=PAGES) -> dict[str, str]:
    found = {}
    for address in addresses:
        part_tags.PARTS.clear()
        prepared._made.cache_clear()
        found[address] = client.get(address).content.decode()
    return found


def test_whole_pages_of_remembered_parts_are_as_written_now(client, listed):
    fresh = fresh_pages(client)
    pages(client)
    assert pages(client) == fresh and part_tags.PARTS


def test_control_without_the_values_in_its_key_a_page_would_be_another(client, listed, monkeypatch):
    of_projects = [address for address in PAGES if "/projects/factory/" in address or "/road/" in address]
    fresh = fresh_pages(client, of_projects)
    monkeypatch.setattr(part_tags, "_told", lambda values: b"")
    pages(client, of_projects)
    assert pages(client, of_projects) != fresh


class ByNameAlone(part_tags.Parts):
    """Parts whose key leaves out what they follow from."""

    def get(self, key):
        return super().get((key[0], key[2]))

    def keep(self, key, found):
        super().keep((key[0], key[2]), found)


def test_control_without_what_a_part_follows_from_a_page_would_be_another(client, listed, monkeypatch):
    one, other = (f"/projects/{slug}/history/?x=" for slug in ("factory", "road"))
    fresh = client.get(one).content
    monkeypatch.setattr(part_tags, "PARTS", ByNameAlone())
    client.get(other)
    assert client.get(one).content != fresh


def test_a_word_is_explained_once_a_page_by_remembered_parts_too(rf):
    def page() -> list[bool]:
        context = {"request": rf.get("/")}
        return ["meaning" in part_tags.part(context, "public/parts/inferred.html") for _ in range(3)]

    assert page() == page() == [True, False, False]


class OfWhateverIsMarked(part_tags.Parts):
    """Parts whose key leaves out which notes their page has marked before."""

    def get(self, key):
        return super().get(self._less(key))

    def keep(self, key, found):
        super().keep(self._less(key), found)

    def _less(self, key):
        name, told, around = key
        return name, told, (*around[:4], *around[5:])


def marks(before: tuple[str, ...]) -> tuple[str, list[str]]:
    """A clause with three marks, after those that its page has made before; and all that are marked then."""
    notes = Notes({ref: Note(NoteWords(ref, "文件", "", False, "", None, "", "")) for ref in "abc"})
    for ref in before:
        notes.mark(ref)
    clause = Clause("在建", "a", "b", "c")
    text = part_tags.part({}, "public/parts/clause.html", by=clause, clause=clause, notes=notes)
    return re.sub(r"\s+", " ", text), notes.marked


def test_a_remembered_part_numbers_its_notes_as_its_page_has_come(db):
    afters = (), ("c",), ("b", "a")
    fresh = [marks(before) for before in afters]
    assert [marked for _text, marked in fresh] == [["a", "b", "c"], ["c", "a", "b"], ["b", "a", "c"]]
    assert [re.findall(r">(\d)</a>", text) for text, _marked in fresh] == [[*"123"], [*"231"], [*"213"]]
    assert [marks(before) for before in afters] == fresh


def test_control_without_the_marks_in_its_key_the_numbers_would_be_of_another_page(db, monkeypatch):
    fresh = marks(("c",))
    part_tags.PARTS.clear()
    monkeypatch.setattr(part_tags, "PARTS", OfWhateverIsMarked())
    marks(())
    assert marks(("c",)) != fresh


def test_rows_of_tables_count_with_what_was_read_of_them(made):  # noqa: F811
    road = Project.objects.get(slug="road")
    before = part_tags._digest(road)
    assert part_tags._digest(Project.objects.get(slug="road")) == before
    road.name = "改名后的公路"
    assert part_tags._digest(road) != before


def test_a_part_that_reads_more_than_it_was_given_is_not_remembered(made, monkeypatch):  # noqa: F811
    claim = Claim.objects.first()

    def reading(name, values, explained):
        return part_tags.WrittenPart(str(values["claim"].project), set())

    monkeypatch.setattr(part_tags, "_written", reading)
    part_tags.part({}, "any", claim=claim)
    assert not part_tags.PARTS
    part_tags.part({}, "any", claim=claim)  # what it reads is there by now
    assert part_tags.PARTS


def test_the_oldest_go_where_parts_are_too_many_characters_together(monkeypatch):
    monkeypatch.setattr(part_tags, "MAX_CHARACTERS", 30)
    parts = part_tags.Parts()
    for key in (1, 2, 2, 3, 4):
        parts.keep(key, part_tags.WrittenPart("x" * 10, set()))
    assert list(parts) == [2, 3, 4] and parts.characters == 30
    parts.clear()
    assert not parts and parts.characters == 0


def test_the_overview_is_remembered_of_each_day(client, listed):
    def overviews() -> int:
        return sum(name == "public/parts/overview.html" for name, _told, _around in part_tags.PARTS)

    part_tags.PARTS.clear()
    for path, remembered in (("/?asof=2024-12-31&x=1", 1), ("/?x=1", 2)):
        client.get(path)
        assert overviews() == remembered, path
