"""Which rows a question finds, in what order, and which names are near it; on both engines alike."""

import pytest

from projects.claims import projection
from projects.models import Current, Standing
from projects.search import index, results
from projects.search.results import every, find, find_among, near
from tests import cast

pytestmark = pytest.mark.django_db
WANTED = ("project__name", "rank")


def ranked(question: str) -> list[tuple[str, int]]:
    """The same of a past day, whose rows are others."""
    today, past = (
        list(find(rows, question).of(rows).order_by("rank", "project__code").values_list(*WANTED))
        for rows in (Current.objects.all(), Standing.objects.today())
    )
    assert today == past
    return today


def names(question: str) -> list[str]:
    return [name for name, _ in ranked(question)]


def projects(*made: str) -> None:
    for name in made:
        cast.published(cast.project(name))
    settle()


def settle() -> None:
    projection.rebuild_all()
    index.index_all()


@pytest.fixture
def waters():
    """In the order of their codes the best match comes last."""
    firm = cast.organisation("firm", name="藻渡公司", name_en="Firm")
    cast.published(by_party := cast.project("工地甲", name_en="Site A"))
    cast.party(by_party, organisation=firm)
    cast.published(cast.project("早读室", name_en="Reading room"))
    cast.published(by_alias := cast.project("大坝", name_en="Dam"))
    cast.alias(by_alias, "藻渡大坝")
    cast.published(cast.project("綦江藻渡水库", name_en="Qijiang reservoir"))
    cast.published(cast.project("藻渡水库", name_en="Reservoir"))
    cast.published(cast.project("藻渡", name_en="Zaodu"))
    settle()


def test_exact_then_starts_then_contains_then_alias_then_the_rest(waters):
    assert ranked("藻渡") == [
        ("藻渡", 0),
        ("藻渡水库", 1),
        ("綦江藻渡水库", 2),
        ("大坝", 3),
        ("工地甲", 5),
    ]


def test_pinyin_comes_after_what_is_written(waters):
    assert ranked("zaodu") == [
        ("藻渡", 0),  # its English name
        ("工地甲", 4),
        ("早读室", 4),
        ("大坝", 4),
        ("綦江藻渡水库", 4),
        ("藻渡水库", 4),
    ]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("zdsk", ["綦江藻渡水库", "藻渡水库"]),  # initials
        ("zaodushui", ["綦江藻渡水库", "藻渡水库"]),  # as far as it was typed
        ("zao du shui", ["綦江藻渡水库", "藻渡水库"]),
        ("ZǍODÙ SK", ["綦江藻渡水库", "藻渡水库"]),
        ("aodu", ["藻渡"]),  # of the English name; pinyin begins with a syllable
        ("z", ["藻渡"]),  # one letter is no pinyin, and begins a word
        ("a", ["工地甲"]),
        ("渡", ["綦江藻渡水库", "藻渡水库", "藻渡", "大坝", "工地甲"]),
        ("re", ["早读室", "藻渡水库", "綦江藻渡水库"]),  # two begin a word, too
        ("藻渡水庫", ["藻渡水库", "綦江藻渡水库"]),  # traditional
        ("水库 qj", ["綦江藻渡水库", "藻渡水库"]),  # every word, wherever it is found
        ("reading ROOM", ["早读室"]),
        ("ｒｅａｄｉｎｇ", ["早读室"]),
        ("藻 渡", ["藻渡", "藻渡水库", "綦江藻渡水库", "大坝", "工地甲"]),
        ("zaodux", []),
        ("藻%", []),
        ("_", []),
        ("\\", []),
    ],
)
def test_what_is_found(waters, question, found):
    assert names(question) == found


def test_the_whole_question_may_be_a_name_with_blanks(waters):
    assert ranked("reading room")[0] == ("早读室", 0)
    assert ranked("Qijiang Res")[0] == ("綦江藻渡水库", 1)


def test_a_code_is_an_exact_match(waters):
    assert ranked("ＱＪ-0003") == [("大坝", 0)]


def test_many_words_are_no_trouble(waters, django_assert_num_queries):
    with django_assert_num_queries(2):  # of either kind of rows
        assert names(" ".join(f"w{number}" for number in range(40))) == []
    assert set(names("藻渡 " * 33)) == set(names("藻渡"))


def files(question: str, rows) -> set[int]:
    return set(every(question, rows).values_list("project", flat=True))


def sound(question: str) -> str:
    return find(Current.objects.all(), question).sound


@pytest.mark.parametrize(
    ("question", "heard"),
    [
        ("枣渡水库", "zaodushuiku"),  # a slip of the input method
        ("枣渡", "zaodu"),
        ("枣渡　水庫", "zaodu shuiku"),
        ("水褲 qj", "shuiku qj"),  # only what is Chinese
        ("水褲 5G產業", "shuiku 5gchanye"),
        ("藻渡", ""),  # it is written so
        ("藻渡水庫", ""),
        ("水库 qj", ""),
        ("褲", ""),  # one character sounds like too many
        ("zaodu", ""),
        ("", ""),
    ],
)
def test_what_is_written_nowhere_is_heard(waters, question, heard):
    assert sound(question).casefold() == heard


def test_what_sounds_alike_is_found_as_pinyin_is(waters):
    assert ranked("枣渡水库") == [("綦江藻渡水库", 4), ("藻渡水库", 4)]


def test_hearing_takes_one_statement_more(waters, django_assert_num_queries):
    with django_assert_num_queries(3):  # and none for what cannot be looked up
        sound("藻渡水庫"), sound("zdsk"), sound("褲"), sound("%")
    with django_assert_num_queries(2):
        sound("枣渡")


def test_on_a_day_on_which_it_was_not_written_it_is_heard(waters):
    assert find(Standing.objects.none(), "藻渡").sound == "zaodu"
    assert len(files("藻渡", Standing.objects.none())) == 6  # as what is spelt so


@pytest.mark.parametrize("question", ["藻渡", "枣渡", "zaodu", "水库 qj", "没有", "%", ""])
def test_files_hold_what_the_list_shows(waters, question):
    shown = find(Current.objects.all(), question).of(Current.objects.all()).values_list("pk", flat=True)
    assert files(question, Current.objects.all()) == set(shown)


def test_of_more_than_are_shown_a_file_holds_all(waters, monkeypatch):
    monkeypatch.setattr(results, "MAX_HITS", 2)
    rows = Current.objects.all()
    hits = find(rows, "zaodu")
    assert hits.is_more and hits.of(rows).count() == 2
    assert len(files("zaodu", rows)) == 6
    fewer = rows.filter(name__contains="水库")
    assert not find_among(fewer, hits).is_more
    assert find_among(fewer, hits).of(rows).count() == 2


def test_rows_that_may_not_be_seen_take_no_place(waters, monkeypatch):
    monkeypatch.setattr(results, "MAX_HITS", 1)
    rows = Current.objects.filter(name="藻渡")
    assert not find(rows, "藻渡").is_more and find(rows, "藻渡").keys["rank0"] == [rows.get().pk]


def near_names(question: str) -> list[str]:
    return [one.name for one in near(Current.objects.all(), question)]


def test_near_names_share_most_pieces_with_the_question(waters, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert near_names("藻渡水库工程")[:2] == ["綦江藻渡水库", "藻渡水库"]
    assert {"綦江藻渡水库", "藻渡水库"} < set(near_names("zaodushuikuu"))
    assert near_names("Readinng rooom") == ["早读室"]


@pytest.mark.parametrize("question", ["没有这样的", "渡", "%%", "_", "zz", "outing"])
def test_what_resembles_nothing_has_nothing_near(waters, question):
    assert near_names(question) == []


def test_at_most_five_are_offered():
    projects(*(f"藻渡水库{number}号" for number in range(8)))
    assert len(near_names("藻渡水库九号")) == 5


def test_a_record_that_is_not_public_is_neither_found_nor_near():
    cast.published(cast.project("藻渡水库", is_public=False))
    settle()
    assert ranked("藻渡") == [] and near_names("藻渡水库") == []
