"""Where something stands in a source, in words: 甲篇第2节第3段第1句.

Our outlines number an article and its sections as A0, A1, B0 …, and captions as P; any other number of a
section is shown as it is.
"""

import re

from django.utils.translation import gettext as _

from projects.words.language import is_english, once_a_language

STEMS = dict(zip("ABCDEFGHIJ", "甲乙丙丁戊己庚辛壬癸", strict=True))
_ARTICLE = re.compile(r"(?P<article>[A-J])(?P<number>\d*)")


@once_a_language
def place_words(section: str = "", paragraph: int | None = None, sentence: int | None = None) -> str:
    """What is not named is left out."""
    parts = [_section_words(section)] if section else []
    parts += [_("paragraph %(number)s") % {"number": paragraph}] if paragraph else []
    parts += [_("sentence %(number)s") % {"number": sentence}] if sentence else []
    return (", " if is_english() else "").join(parts)


def _section_words(section: str) -> str:
    if section == "P":
        return _("picture captions")
    found = _ARTICLE.fullmatch(section)
    if not found:
        words = _("part %(section)s") if section.isdecimal() else _("part “%(section)s”")
        return words % {"section": section}
    article = found["article"] if is_english() else STEMS[found["article"]]
    named = {"article": article, "number": found["number"]}
    if not named["number"]:
        return _("article %(article)s") % named
    if named["number"] == "0":
        return _("opening of article %(article)s") % named
    return _("article %(article)s, section %(number)s") % named
