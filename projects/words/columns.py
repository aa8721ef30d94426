"""The column catalogue: every column of every file, described once.

Files, workbooks and the page of downloads are made from it; which file has which columns is
`opendata.export_files`. A column is found by its code; where two files mean different things by one code, the
second is listed under a key of its own.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from projects.choices import (
    Basis,
    Condition,
    EventKind,
    Funding,
    Kind,
    Method,
    Milestone,
    Nearness,
    PartyRole,
    PromiseState,
    Qualifier,
    RecordType,
    Sector,
    SourceKind,
    Stage,
    Topic,
    Verdict,
    Vocabulary,
)
from projects.words.column import Column
from projects.words.column import ColumnType as T
from projects.words.import_columns import IMPORTED
from projects.words.import_headings import HEADINGS


def _coded(code: str, name: str, codes: type[Vocabulary], meaning: str = "", **more) -> Column:
    return Column(code, name, T.CODE, meaning, codes=codes, **more)


def _amount(topic: Topic) -> Column:
    meaning = _("Null where no source gives it; of the whole project.")
    return Column(topic.value, topic.label, T.YUAN, meaning, topic=topic)


_OUTRIGHT = _("Whether a source says so outright (stated) or it was inferred.")
_LISTED = (
    Column("code", _("record number"), meaning=_("The project's own number; never used twice.")),
    Column(
        "slug",
        _("short address"),
        meaning=_("The end of its address; when it changes, the old one leads on."),
    ),
    Column("url", _("address")),
    Column("name", _("name")),
    Column("name_en", _("English name")),
    Column("aliases", _("other names"), T.LIST, _("Other names and misprints by which sources call it.")),
    _coded("kind", _("kind"), Kind),
    _coded("sector", _("sector"), Sector),
    _coded("record_type", _("record type"), RecordType),
    Column(
        "counted",
        _("counted"),
        T.FLAG,
        _("Whether the headline number counts it; programmes, existing plants and bids stand apart."),
    ),
    Column("place", _("place"), T.CODE, _("Where it lies.")),
    Column("department", _("lead department"), T.CODE, _("The responsible unit.")),
    Column("parent", _("part of"), meaning=_("Number of the project of which it is a part.")),
    _coded("stage", Topic.STAGE.label, Stage, _("How far it is."), topic=Topic.STAGE),
    _coded("stage_basis", _("basis of the stage"), Basis, _OUTRIGHT),
    Column("partly_in_use", _("partly in use"), T.FLAG, _("A part is in use though the whole is not.")),
    _coded(
        "condition",
        Topic.CONDITION.label,
        Condition,
        _("Whether work goes on: active, paused, deferred or cancelled."),
        topic=Topic.CONDITION,
    ),
    Column("light", _("light"), meaning=_("Always null until the rule for lights is in force.")),
    _amount(Topic.TOTAL_INVESTMENT),
    _amount(Topic.AGREED_INVESTMENT),
    _amount(Topic.INVESTED_TO_DATE),
    _coded(
        "investment_qualifier",
        _("word beside the total"),
        Qualifier,
        _("The word beside the total: expected, about, nearly, over."),
    ),
    Column(
        "milestones",
        _("milestones"),
        T.RECORDS,
        _("The rows of milestones.csv; slip_days is [least, most]."),
        is_in_json_alone=True,
    ),
    Column("parties", _("parties"), T.RECORDS, _("The rows of parties.csv."), is_in_json_alone=True),
    Column("sources", _("sources"), T.LIST, _("Codes of the documents that it is drawn from.")),
    Column("last_known_on", _("last news"), T.DAY, _("The day on which the latest statement was published.")),
    _coded("funding", _("funding"), Funding, _("Whose money it is.")),
    _coded(
        "stage_qualifier",
        _("word beside the stage"),
        Qualifier,
        _("nearly where the works are all but finished; it shows no milestone."),
    ),
    Column(
        "stage_since",
        _("stage since"),
        T.DATE,
        _("When the stage was first reached, as far as the sources say."),
    ),
    Column("stage_last_said", _("stage last said"), T.DATE, _("When the stage was last said.")),
    _coded(
        "invested_method",
        _("how the amount invested is counted"),
        Method,
        _("How it is counted: by monthly reports, statistics or payments."),
    ),
    Column("duplicates", _("duplicates"), T.LIST, _("Numbers of the duplicates whose addresses lead here.")),
    _coded("total_basis", _("basis of the total"), Basis, _OUTRIGHT),
    _coded("agreed_qualifier", _("word beside the agreed sum"), Qualifier, _("The word beside the figure.")),
    _coded("agreed_basis", _("basis of the agreed sum"), Basis, _OUTRIGHT),
    Column("project", _("project"), meaning=_("The project's number.")),
    # What was promised, and what came of it
    _coded("milestone", _("milestone"), Milestone),
    Column("scope", _("scope"), meaning=_("Of which part; empty for the whole.")),
    Column("first_promised", _("first promised"), T.DATE, _("The date that was promised first.")),
    _coded("first_basis", _("basis of the first promise"), Basis, _OUTRIGHT),
    Column("promised", _("promised now"), T.DATE, _("The promise that holds.")),
    Column("actual", _("actual"), T.DATE, _("The date on which it came.")),
    _coded("verdict", _("verdict"), Verdict, _("What became of the first promise.")),
    Column("slip_min", _("least slippage"), T.DAYS, _("Against the first promise; early is negative.")),
    Column("slip_max", _("greatest slippage"), T.DAYS, _("Against the first promise; early is negative.")),
    _coded(
        "promised_state",
        _("state of the promise"),
        PromiseState,
        _("Whether a date is promised, or it was said to be undecided."),
    ),
    Column("organisation", _("organisation")),
    Column("organisation_en", _("organisation (English)")),
    _coded("role", _("role"), PartyRole),
    Column("neighbour", _("neighbour"), meaning=_("Number of the project beside it.")),
    _coded("nearness", _("how near"), Nearness),
    # What was said, and where
    Column("ref", _("reference"), meaning=_("Permanent key.")),
    _coded("topic", _("topic"), Topic, _("What the statement is about.")),
    Column("measure", _("measure"), T.CODE, _("Which milestone, or what is counted.")),
    Column("period", _("period"), T.DATE, _("The time it is about.")),
    Column(
        "value",
        _("value"),
        T.VALUE,
        _("Amounts in whole yuan, dates as EDTF (tbd where none stands), numbers with their printed unit."),
    ),
    Column("unit", _("unit"), meaning=_("CNY for amounts; the printed unit of numbers.")),
    _coded("qualifier", _("qualifier"), Qualifier, _("The word beside the figure.")),
    Column("as_of", _("as of"), T.DATE, _("When it was true.")),
    Column("known_on", _("known on"), T.DAY, _("Since when it is public.")),
    Column("source", _("source"), T.CODE, _("The document that says it.")),
    Column("place_in_source", _("place in the source"), meaning=_("Section, paragraph, sentence.")),
    _coded("basis", _("basis"), Basis, _("Stated outright or inferred; the note says how.")),
    Column("corrects", _("corrects"), meaning=_("The statement that this one corrects; both stay.")),
    Column("corrected_by", _("its correction"), meaning=_("The statement that corrects this one.")),
    Column("note", _("note"), meaning=_("How the statement was read, in our own words.")),
    _coded(
        "method",
        _("method"),
        Method,
        _("How an amount is counted: by monthly reports, statistics or payments; null where not stated."),
    ),
    Column(
        "quote",
        _("quotation"),
        meaning=_("The sentence as printed, where it may be quoted."),
        is_in_json_alone=True,
    ),
    Column("subject", _("subject"), T.CODE, _("What is counted.")),
    Column("label", _("name of the subject")),
    Column("label_en", _("name of the subject (English)")),
    Column("is_target", _("target"), T.FLAG, _("A target, or a fact.")),
    Column("members", _("members"), T.LIST, _("Numbers of the projects that the text names as its parts.")),
    # The documents
    _coded("source_kind", _("kind of source"), SourceKind),
    Column("source_title", _("title")),
    Column("source_title_en", _("English title")),
    Column("headline", _("headline"), meaning=_("The document's own title, as printed.")),
    Column("publisher", _("publisher"), meaning=_("Empty where the document names none.")),
    Column("publisher_en", _("English name of the publisher")),
    Column("published", _("published"), T.DATE, _("As far as the document tells.")),
    Column("source_note", _("note"), meaning=_("How the date was found, what is missing.")),
    Column("source_note_en", _("English note")),
    _coded("published_basis", _("basis of the date"), Basis, _OUTRIGHT),
    # What happened between two days
    _coded("event", _("event"), EventKind, _("First mentions and corrections are events, too.")),
    Column("before", _("before"), T.VALUE, _("What was said before; null where nothing was.")),
    Column("after", _("after"), T.VALUE, _("What is said now; null where it was withdrawn.")),
    Column(
        "names",
        _("names"),
        T.LIST,
        _("At most 1,000 names of projects, the latest reports first, offered while one types."),
    ),
    *IMPORTED,
)
OTHER_CODES = {  # as the files call them
    "place_in_source": "place",
    "event": "kind",
    "source_kind": "kind",
    "source_title": "title",
    "source_title_en": "title_en",
    "source_note": "note",
    "source_note_en": "note_en",
}
COLUMNS = {
    one.code: replace(
        one,
        code=OTHER_CODES.get(one.code, one.code),
        synonyms=one.synonyms or tuple(HEADINGS.get(one.code, "").split()),
    )
    for one in _LISTED
}


def columns(keys: str) -> list[Column]:
    """By their keys with blanks between; a `+` after one gives it its words beside it."""
    found = []
    for key in keys.split():
        column = COLUMNS[key.removesuffix("+")]
        found += column.with_words() if key.endswith("+") else [column]
    return found
