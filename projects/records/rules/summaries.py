"""What a project's summary may not say: figures and dates are claims, each with its source.

The one rule for the form that an editor fills in and for the test of the fixtures.
"""

import re
import unicodedata

_MEASURE = "元|年|月|日|亩|公里|千米|米|平方|立方|吨|个|家|户|人|台|辆|天|小时|度|%|‰"
# One to nine; 一 alone (一个, 一条) counts nothing, and 百年 or 千年 alone is a way of speaking.
_TO_NINE = "一二三四五六七八九两"
_NUMERAL = f"[{_TO_NINE}]?十[{_TO_NINE}]?|[{_TO_NINE}][百千][{_TO_NINE}百千十]*|[二三四五六七八九两]"
_FIGURE = re.compile(
    rf"[0-9]+(?:[.,][0-9]+)* ?[余多]?[百千万亿]*(?:{_MEASURE})?"
    rf"|[{_TO_NINE}十百千]+[余多]?(?:亿|万?(?:元|公里|亩|吨|平方))"
    rf"|(?:{_NUMERAL})[余多]?(?:年|月|个|家|座|条|项)"
)
# Digits that are part of a name: G353, 5G, 5A级, 18号线, 2期, Phase 2, what stands in quotation marks.
_NAME = re.compile(
    r"“[^”]*”|[A-Za-z][0-9]+|[0-9]+[A-MO-UX-Z](?![A-Za-z])|第?[0-9]+(?:号|期|标段)"
    r"|\b(?:Phase|Line|Lot|No\.|Road|Section) ?[0-9]+"
)


def figure_in(text: str) -> str | None:
    """The first figure or date in a text; names such as G353, 5G or 一期 are none."""
    match = _FIGURE.search(_NAME.sub("/", unicodedata.normalize("NFKC", text)))
    return match[0].strip() if match else None
