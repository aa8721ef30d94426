"""Lines, paragraphs and sentences of a document, by table."""

import pytest

from projects.core import printed_text
from projects.core.printed_text import BadLines


@pytest.mark.parametrize(
    ("places", "found"),
    [
        ("", []),
        (" ", []),
        ("11", [[11]]),
        ("11; 13,15; 17,19,21", [[11], [13, 15], [17, 19, 21]]),
        ("11；13，15", [[11], [13, 15]]),
    ],
)
def test_the_lines_of_paragraphs(places, found):
    assert printed_text.paragraphs_at(places) == found
    assert printed_text.paragraphs_at(printed_text.places_of(found)) == found


@pytest.mark.parametrize(
    "places", ["0", "1;", ";", "1,,2", "a", "1-3", "3,2", "2,2", "1.5", "1234567", "1 2", "١"]
)
def test_what_is_no_line(places):
    with pytest.raises(BadLines):
        printed_text.paragraphs_at(places)


def test_lines_that_stand_twice_in_a_document():
    assert printed_text.lines_twice(["1; 2,4", "", "3; 4"]) == [4]
    assert printed_text.lines_twice(["1; 2", "3; 4"]) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“一句。”他说了上半句；下半句！三?", ["“一句。”", "他说了上半句；下半句！", "三?"]),
        ("（说完。）又一句", ["（说完。）", "又一句"]),
        ("“‘真的？！’”后来。", ["“‘真的？！’”", "后来。"]),
        ("1.5亿元；A.B：三、四…… 五", ["1.5亿元；A.B：三、四…… 五"]),
        (" 一。 二。", ["一。", "二。"]),
        ("", []),
    ],
)
def test_a_sentence_ends_after_its_stop_and_closing_mark_and_nowhere_else(text, found):
    assert printed_text.sentences(text) == found


def test_a_paragraph_is_its_lines_without_a_blank():
    lines = printed_text.lines_of("一\r\n  上半句，\n\n下半句。 \r末")
    assert printed_text.paragraph(lines, [2, 4]) == "上半句，下半句。"
    assert printed_text.paragraph(lines, [5]) == "末"
    assert printed_text.paragraph(lines, [5, 6]) == ""


def test_one_line_a_paragraph_is_proposed():
    assert printed_text.proposed(["题", "", "一", "二", "三"], [1, 2]) == ["1", "3; 4"]
    assert printed_text.proposed(["题"], [1, 2]) == ["1", ""]
