"""The pieces of names, and that whatever stands in a name is looked up by pieces which it has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.search.rules.pieces import MAX_LENGTH, near_pieces, pieces_of, wanted
from projects.search.rules.spelling import NAME, Label, fold, terms, typed


def of(text: str, spelling: str = "") -> set[str]:
    return pieces_of([Label(NAME, text, spelling)])


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("藻渡库", {"藻", "渡", "库", "藻渡", "渡库"}),
        ("水庫", {"水", "库", "水库"}),
        ("Old Dam", {"o", "ol", "d", "da", "old", "ldd", "dda", "dam"}),
        ("5G园", {"5", "5g", "园"}),
        ("一·期", {"一", "期"}),  # no pair over what is no letter
        ("%", set()),
    ],
)
def test_what_is_written(text, pieces):
    assert of(text) == pieces


def test_what_is_spelt():
    pinyin = of("%", "zao du shui ku")
    assert pinyin == {
        *("za", "zaod", "zaodus", "zd", "zdsk", "du", "dush", "dushui"),
        *("ds", "sh", "shui", "shuiku", "sk", "ku"),
    }


@pytest.mark.parametrize(
    ("question", "pieces"),
    [
        ("藻渡水库", [[["藻渡", "渡水", "水库"]]]),
        ("渡", [[["渡"]]]),
        ("g75高速", [[["g75", "高速"]]]),
        ("5g园", [[["园"]]]),
        ("zaodu", [[["zao", "aod", "odu"], ["zaod"]]]),
        ("zd", [[["zd"], ["zd"]]]),
        ("z", [[["z"]]]),
        ("xi'an", [[["an"], ["xian"]]]),
        ("zao park x", [[["x"]], [["par", "ark"], ["park"]]]),  # what can be no pinyin has one way only
        ("zd park 5gc", [[["par", "ark"], ["park"]], [["5gc"], ["5g"]]]),  # the longest
        ("北渡 水库", [[["北渡", "水库"]], [["北渡"]], [["水库"]]]),
        ("%", []),
        ("", []),
    ],
)
def test_what_a_question_is_looked_up_by(question, pieces):
    assert wanted(terms(question)) == pieces


NAMES = st.text(st.sampled_from("藻渡水庫ab1'-· ÄＧ"), max_size=9)


@given(NAMES, st.data())
def test_whatever_stands_in_a_name_has_its_pieces(name, data):
    """But for letters within a word: fewer than three are looked for at its beginning alone."""
    folded = fold(name)
    begin = data.draw(st.integers(0, len(folded)))
    word = folded[begin : data.draw(st.integers(begin, len(folded)))]
    if len("".join(one for one in word if one.isalnum())) < 3 and word.isascii():
        return
    for pieces in (ways[0] for ways in wanted([word] if word else [])):
        is_beginning = all(len(piece) > 2 or not piece.isascii() for piece in pieces)
        assert set(pieces) <= of(name) or not is_beginning


@given(NAMES, st.lists(st.sampled_from(["zao", "du", "5G", "shui"]), min_size=1, max_size=4), st.data())
def test_whatever_is_spelt_has_its_piece(name, syllables, data):
    spelt = "".join(syllables[data.draw(st.integers(0, len(syllables) - 1)) :]).casefold()
    word = spelt[: data.draw(st.integers(2, len(spelt)))]
    assert set(wanted([word])[0][1]) <= of(name, " ".join(syllables)) and typed(word) == word


@pytest.mark.parametrize(
    ("question", "pieces"),
    [
        ("藻渡水库", ["藻渡", "渡水", "水库"]),
        ("藻渡 dam", ["藻渡", "dam"]),
        ("water", ["wat", "ate", "ter", "wate"]),
        ("5G", []),
        ("渡", []),
        ("!?", []),
        ("渡渡渡渡", ["渡渡"]),
    ],
)
def test_what_near_names_share_with_a_question(question, pieces):
    assert near_pieces(question) == pieces


@given(st.text(max_size=400))
def test_no_question_has_too_many_pieces_and_none_is_too_long(question):
    pieces = [near_pieces(question), *(some for ways in wanted(terms(question)) for some in ways)]
    assert all(len(some) <= 40 and len(one) <= MAX_LENGTH for some in pieces for one in some)
