"""By what a search found a record, where its row does not show it anyway.

Which name it was is `search.rules.spelling`.
"""

from django.utils.translation import gettext_lazy as _

from projects.search.rules.spelling import ALIAS, CODE, NAME, PARTY, PLACE, WORD

_BY = {
    NAME: _("found by its name"),
    ALIAS: _("found by another name"),
    CODE: _("found by its national code"),
    PARTY: _("found by a party"),
    PLACE: _("found by its place"),
    WORD: _("found by what people say"),
}


def found_by(kind: str) -> str:
    return str(_BY[kind])
