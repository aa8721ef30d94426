"""A place in a source in words, in both languages."""

import pytest
from django.utils import translation

from projects.words.source_places import place_words


@pytest.mark.parametrize(
    ("place", "chinese", "english"),
    [
        (("A2", 3, 1), "甲篇第2节第3段第1句", "article A, section 2, paragraph 3, sentence 1"),
        (("A", 6, 2), "甲篇第6段第2句", "article A, paragraph 6, sentence 2"),
        (("B0", 1, None), "乙篇篇首第1段", "opening of article B, paragraph 1"),
        (("P", 4, 1), "图片说明第4段第1句", "picture captions, paragraph 4, sentence 1"),
        (("1", 1, 2), "第1部分第1段第2句", "part 1, paragraph 1, sentence 2"),
        (("附件", None, None), "“附件”部分", "part “附件”"),
        (("", 3, 1), "第3段第1句", "paragraph 3, sentence 1"),
        (("", None, None), "", ""),
    ],
)
def test_in_words(place, chinese, english):
    assert place_words(*place) == chinese
    with translation.override("en"):
        assert place_words(*place) == english
