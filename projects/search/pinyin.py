"""How Chinese names are spelt in pinyin, for those who type zaodu or zdsk. The one door to pypinyin.

It stands on this floor because it says how words read, needs no database, and is asked by the action
that indexes; `rules` may not know third parties. pypinyin takes more than 50 MB: it is loaded when the
first name is spelt. The names of records are spelt when they are stored; of a public page only a search that
finds nothing as it is written asks how it sounds.

A character of several readings is read as its phrase is (重庆 is chong qing); other readings are not kept.
"""

import re
import unicodedata

from projects.search.rules.spelling import is_chinese

_WRITTEN = re.compile(r"[^\W_]+")


def spell(text: str) -> str:
    """`zao du shui ku`; letters and digits among it in capitals: `5G chan ye yuan`. "" without Chinese."""
    narrow = unicodedata.normalize("NFKC", text)
    if not any(map(is_chinese, narrow)):
        return ""
    import pypinyin  # noqa: PLC0415 (heavy: on first use)

    syllables = pypinyin.lazy_pinyin(narrow, errors=lambda other: _WRITTEN.findall(other.upper()))
    return " ".join(filter(None, syllables))
