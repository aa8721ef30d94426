"""What a project's summary may not say: figures and dates are claims, each with its source."""

import re

from projects.rules.numbers import narrow

_FIGURE = re.compile(
    r"[0-9][0-9.,]*(?:[余多]?(?:[亿万千百]|元|年|月|日|亩|公里|千米|米|平方|立方|吨|个|家|户|人|台|辆|天|小时|度)"
    r"|%|‰| ?(?:million|billion|yuan|km|kilomet|met(?:re|er)s?\b|m[²³]|mu\b|hectares?\b|t(?:onnes?)?\b"
    r"|MW|kW|kV))"
    r"|(?<![0-9A-Za-z])(?:19|20)[0-9]{2}(?![0-9])"
    r"|[一二三四五六七八九十百千两]+[余多]?(?:亿|万?(?:元|公里|亩|吨|平方))"
)


def figure_in(text: str) -> str | None:
    """The first figure or date in a text; names such as G353, 5G or 一期 are none."""
    match = _FIGURE.search(narrow(text))
    return match[0] if match else None
