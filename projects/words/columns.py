"""What each column of each file means, for the page of downloads."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

CODE_NOTE = _("A code; its words stand beside it in *_name (Chinese) and *_name_en (English).")

PROJECT_COLUMNS = [
    ("code", _("The record's own number; never used twice.")),
    ("slug, url", _("Its address.")),
    ("name, name_en, aliases", _("Its names; other names and misprints by which sources call it.")),
    ("kind, sector, record_type", CODE_NOTE),
    (
        "counted",
        _("Whether the headline number counts it; programmes, existing plants and bids stand apart."),
    ),
    (
        "place, department, parent",
        _("Codes of the place, the responsible unit and the record it is part of."),
    ),
    (
        "stage, stage_basis",
        _("How far it is, and whether a source says so outright (stated) or it was inferred."),
    ),
    ("partly_in_use", _("A part is in use though the whole is not.")),
    ("condition", _("Whether work goes on: active, paused, deferred or cancelled.")),
    ("light", _("Always null until the rule for lights is in force.")),
    (
        "total_investment, agreed_investment, invested_to_date",
        _("Whole yuan; null where no source gives it."),
    ),
    ("investment_qualifier", _("The word beside the total: expected, about, nearly, over.")),
    (
        "milestones",
        _(
            "For each milestone the first promised date, the one that holds, the actual one (EDTF), the "
            "verdict on the first promise, its slippage in days as [least, most], and whether a date (dated) "
            "holds or that none stands (tbd)."
        ),
    ),
    ("parties, sources", _("Organisations with their role; codes of the sources drawn on.")),
    ("last_known_on", _("The day on which the newest claim became known.")),
    ("funding", CODE_NOTE),
    ("stage_qualifier", _("nearly where the works are all but finished; it shows no milestone.")),
    (
        "stage_since, stage_last_said",
        _("When the stage was first reached, as far as is said, and when it was last said (EDTF)."),
    ),
    ("invested_method", _("The book by which what was invested is counted: platform, statistics, payment.")),
]
CLAIM_COLUMNS = [
    ("ref", _("Permanent key of the claim.")),
    ("project", _("The record's number.")),
    (
        "topic, measure, scope, period",
        _("The series: two claims speak of the same thing when these and the method are equal."),
    ),
    (
        "value, unit, qualifier",
        _("Amounts in whole yuan, dates as EDTF (tbd where none stands), numbers with their printed unit."),
    ),
    ("as_of, known_on", _("True as of; public since.")),
    ("source, place", _("The document and where it says so: section, paragraph, sentence.")),
    ("basis", _("Stated outright or inferred; the note says how.")),
    ("corrects, corrected_by", _("A correction names the claim that it corrects; both stay.")),
    ("note", _("How the statement was read, in our own words.")),
    ("method", _("By which book an amount is counted: platform, statistics, payment; null where unsaid.")),
    ("quote", _("In JSON alone: the sentence as printed, where it may be quoted, else null.")),
]
STATISTIC_COLUMNS = [
    ("ref, subject, label, label_en", _("Key and name of what is counted.")),
    ("value, unit, qualifier", _("Amounts in whole yuan (CNY), numbers with their printed unit.")),
    ("period, is_target", _("The time it is about (EDTF), and whether it is a target or a fact.")),
    ("as_of, known_on, source, place", _("Both clocks, and where it is said.")),
    ("method, members", _("By which book it is counted; codes of projects named as its parts.")),
]
COMPARISON_COLUMNS = [
    ("kind", _("What happened: a code; first mentions and corrections are events, too.")),
    ("project, milestone, topic", _("The record's number, the step that was taken or promised, the topic.")),
    (
        "before, after",
        _("What held and what came: amounts in whole yuan, dates as EDTF, codes; null where nothing did."),
    ),
    ("as_of, known_on", _("True as of; known in this form since.")),
    ("source", _("The document that says so.")),
]
NAME_COLUMNS = [
    ("names", _("At most 1,000 names of records, the newest word first, to offer while one types."))
]

FILES = [
    {
        "title": _("Projects"),
        "formats": [("projects_json", "JSON"), ("projects_csv", "CSV"), ("projects_xlsx", "XLSX")],
        "columns": PROJECT_COLUMNS,
    },
    {
        "title": _("Claims"),
        "formats": [("claims_json", "JSON"), ("claims_csv", "CSV")],
        "columns": CLAIM_COLUMNS,
    },
    {"title": _("Statistics"), "formats": [("statistics_json", "JSON")], "columns": STATISTIC_COLUMNS},
    {
        "title": _("What happened between two days"),
        "formats": [("comparison_csv", "CSV"), ("comparison_xlsx", "XLSX")],
        "columns": COMPARISON_COLUMNS,
    },
    {"title": _("Names"), "formats": [("names_json", "JSON")], "columns": NAME_COLUMNS},
]


def meaning(column: str) -> tuple[str, str]:
    """What a column of the projects means, in Chinese and in English; a code's words mean what it does."""
    code = column.removesuffix("_en").removesuffix("_name")
    said = {name: words for names, words in PROJECT_COLUMNS for name in names.split(", ")}
    return _both(said.get(column) or said[code])


def _both(words: str) -> tuple[str, str]:
    told = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            told.append(str(words))
    return told[0], told[1]
