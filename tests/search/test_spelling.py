"""How names and questions are folded so that they meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.search.rules.spelling import (
    ALIAS,
    CODE,
    NAME,
    PARTY,
    PLACE,
    Label,
    fold,
    found_by,
    index_of,
    marked_pieces,
    search_text,
    spelling_pieces,
    starts,
    terms,
    typed,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("綦江", "綦江"),
        ("ＱＪ－０００１", "qj-0001"),  # full-width
        ("Beidu  Park", "beidupark"),  # capitals and blanks
        ("北渡　园区", "北渡园区"),  # the wide blank
        ("Straße", "strasse"),
        ("㈱", "(株)"),
        (" \t\n", ""),
    ],
)
def test_full_width_forms_capitals_and_blanks_make_no_difference(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("北渡 园区", ["北渡", "园区"]),
        ("  北渡　ＰＡＲＫ ", ["北渡", "park"]),
        ("", []),
        ("　", []),
    ],
)
def test_each_word_of_a_question_is_to_be_found(question, words):
    assert terms(question) == words


def test_a_record_is_found_by_any_of_its_names_and_by_none_across_two():
    text = search_text(["QJ-0001", "北渡园区", "Beidu Park"])
    assert text == "qj-0001\n北渡园区\nbeidupark"
    assert all(term in text for term in ("0001", "渡园", "uPar".lower()))
    assert "区bei" not in text


def test_the_same_name_twice_and_empty_ones_are_kept_once_and_not_at_all():
    assert search_text(["北渡", "", " ", "北 渡", "北渡"]) == "北渡"


@given(st.text(max_size=12))
def test_every_word_of_a_name_is_found_in_it(name):
    assert all(term in fold(name) for term in terms(name))
    assert not any(character.isspace() for character in fold(name))


# What a record is found by


RESERVOIR = [
    Label(NAME, "藻渡水库", "zao du shui ku"),
    Label(NAME, "Zaodu Reservoir"),
    Label(CODE, "QJ-0116"),
    Label(ALIAS, "濑渡水库", "lai du shui ku"),
    Label(PARTY, "５G建设", "5G jian she"),
    Label(PLACE, "綦江区", "qi jiang qu"),
]


def test_names_and_aliases_stand_in_columns_of_their_own_a_line_each():
    made = index_of(RESERVOIR)
    assert made.name == "\n藻渡水库\nzaodureservoir\nqj-0116\n"
    assert made.aliases == "\n濑渡水库\n"
    assert made.text.split("\n") == ["藻渡水库", "zaodureservoir", "qj-0116", "濑渡水库", "5g建设", "綦江区"]
    assert {"zaodushuiku", "zdsk", "shuiku", "5gjianshe", "5gjs", "jianshe"} <= set(made.pinyin.split("\n"))
    assert index_of([]).name == index_of([]).pinyin == ""


@pytest.mark.parametrize(
    ("spelling", "typed_so"),
    [
        ("zao du", ["zaodu", "zd", "du", "d"]),
        ("5G chan ye", ["5gchanye", "5gcy", "chanye", "cy", "ye", "y"]),
        ("AI", ["ai", "ai"]),
        ("", []),
    ],
)
def test_pinyin_may_begin_at_any_syllable_in_full_or_by_initials(spelling, typed_so):
    assert list(starts(spelling)) == typed_so


@pytest.mark.parametrize(
    ("term", "stored"),
    [
        ("zaodu", "zaodu"),
        ("zǎodù", "zaodu"),  # with tones
        ("xi'an", "xian"),
        ("lü", "lv"),
        ("lǜse", "lvse"),
        ("5g", "5g"),
        ("z", ""),  # one letter is no pinyin
        ("渡", ""),
        ("zao-du", ""),
        ("", ""),
    ],
)
def test_what_is_typed_is_read_as_pinyin_is_stored(term, stored):
    assert typed(term) == stored


@pytest.mark.parametrize(
    ("words", "shown", "by"),
    [
        (["水库"], ["藻渡水库"], []),  # the row shows it anyway
        (["水库"], ["Zaodu Reservoir"], [Label(NAME, "藻渡水库")]),
        (["濑渡"], ["藻渡水库"], [Label(ALIAS, "濑渡水库")]),
        (["zdsk"], ["藻渡水库"], [Label(NAME, "藻渡水库", "zao du shui ku")]),
        (["laidu"], ["藻渡水库"], [Label(ALIAS, "濑渡水库", "lai du shui ku")]),
        (["建设", "5gjs"], ["藻渡水库"], [Label(PARTY, "５G建设"), Label(PARTY, "５G建设", "5G jian she")]),
        (["綦江", "綦"], ["藻渡水库"], [Label(PLACE, "綦江区")]),
        (["没有"], [], []),
    ],
)
def test_a_hit_that_the_row_does_not_show_is_explained(words, shown, by):
    assert found_by(RESERVOIR, words, shown) == by


def hits(pieces) -> list[str]:
    return [text for text, is_hit in pieces if is_hit]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("藻渡水库", ["水库"], ["水库"]),
        ("Zaodu Reservoir", ["zaodu", "voir"], ["Zaodu", "voir"]),
        ("ＱＪ－０００１", ["qj-0001"], ["ＱＪ－０００１"]),
        ("北渡　园区", ["渡园"], ["渡", "园"]),  # over a blank, which is no hit
        ("Straße", ["ss"], ["ß"]),
        ("渡渡渡", ["渡渡"], ["渡渡渡"]),
        ("藻渡", [""], []),
        ("藻渡", [], []),
    ],
)
def test_the_hit_is_marked_where_it_stands_in_the_text(text, words, found):
    assert hits(marked_pieces(text, words)) == found


@given(st.text(max_size=12), st.lists(st.text(max_size=3), max_size=3))
def test_marking_changes_no_character(text, words):
    pieces = marked_pieces(text, [fold(word) for word in words])
    assert "".join(piece for piece, _ in pieces) == text


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("zaodu", ["zao", "du"]),
        ("shui", ["shui"]),
        ("zdsk", ["z", "d", "s", "k"]),
        ("sk", ["s", "k"]),
        ("aodu", []),  # not from a syllable on
        ("水库", []),
    ],
)
def test_the_hit_is_marked_in_the_spelling(word, found):
    assert hits(spelling_pieces("zao du shui ku", [word])) == found


@given(st.text(max_size=12))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


def test_what_cannot_be_seen_is_no_word():
    assert fold("藻\u200b渡\x00水") == "藻渡水"
    assert terms("\u200b \x00") == []
    assert terms("水库 水库") == ["水库"]


def test_compatibility_and_traditional_forms_are_one_character():
    assert fold("\u2f45") == fold("方") and fold("\uf9dc") == fold("隆")
    assert fold("綦江藻渡水庫") == "綦江藻渡水库" and fold("發髮") == "发发"
