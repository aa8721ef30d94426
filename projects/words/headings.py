"""By which headings columns are found in the sheets of others, and by which words codes are found in cells.

Both come from the column catalogue and the vocabularies; how a text is made plain is `imports.rules`.
"""

from collections.abc import Callable, Iterable
from functools import cache

from projects.choices import Vocabulary
from projects.words.column import in_both, words_of
from projects.words.columns import COLUMNS
from projects.words.import_headings import CODES

IDENTITY = "name name_en aliases kind sector record_type place department parent funding national_code"
AMOUNTS = "total_investment agreed_investment invested_to_date invested_in_period annual_plan funds"
ROLES = "owner investor builder operator agency"
STEPS = tuple(code for code, one in COLUMNS.items() if one.measure)
STATEMENTS = (*f"stage condition {AMOUNTS} progress works".split(), *STEPS)
OF_STATEMENTS = "statement said_value said_unit said_as_of said_period"
PROJECTS = (
    *f"serial code slug version {IDENTITY} stage condition {AMOUNTS} progress works".split(),
    *STEPS,
    *f"years note section paragraph sentence {ROLES} organisation role organisation_en credit_code".split(),
    *OF_STATEMENTS.split(),
)


def headings(keys: Iterable[str], plain: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    """Every plain heading with the keys of the columns that it may mean; our own names count, too."""
    found: dict[str, list[str]] = {}
    for key in keys:
        column = COLUMNS[key]
        for text in (key, *in_both(column.name), *column.synonyms):
            keys_of = found.setdefault(plain(text), [])
            if key not in keys_of:
                keys_of.append(key)
    return {text: tuple(codes) for text, codes in found.items()}


@cache
def code_words(vocabulary: type[Vocabulary]) -> dict[str, str]:
    """Every word that stands for a code, the code itself and its words in both languages among them."""
    found: dict[str, str] = {}
    for code, words in words_of(vocabulary).items():
        more = CODES.get(vocabulary, {}).get(vocabulary(code), "").split()
        for word in (*words, *more):
            found.setdefault(word, code)
    return found
