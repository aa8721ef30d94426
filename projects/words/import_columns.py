"""Columns of the catalogue that only workbooks from elsewhere have: one milestone a column, parties by role,
what says of when a figure is. They are a part of `words.columns`, where columns are found.
"""

from django.utils.translation import gettext_lazy as _

from projects.choices import Milestone, PartyRole, Topic
from projects.words.column import Column, Filled
from projects.words.column import ColumnType as T
from projects.words.import_headings import ACTUAL, PROMISED, step_headings

EITHER = "date"  # of a step: past it is an actual date, to come a promised one


def _steps(code: str, name: str, meaning: str, topic: Topic | None, before: tuple[str, ...]) -> list[Column]:
    return [
        Column(
            f"{code}_{one.value}",
            Filled(name, one.label),
            T.DATE,
            meaning,
            topic=topic,
            measure=one.value,
            synonyms=step_headings(one, before),
        )
        for one in Milestone
    ]


IMPORTED = (
    Column("serial", _("number in the sheet"), meaning=_("Left out.")),
    Column("version", _("version"), meaning=_("Of the record when the workbook was written.")),
    Column("national_code", _("national project code")),
    Column(Topic.ANNUAL_PLAN.value, Topic.ANNUAL_PLAN.label, T.YUAN, topic=Topic.ANNUAL_PLAN),
    Column(
        Topic.INVESTED_IN_PERIOD.value,
        Topic.INVESTED_IN_PERIOD.label,
        T.YUAN,
        _("Of the year or month that the heading names, else of the year of the sheet."),
        topic=Topic.INVESTED_IN_PERIOD,
    ),
    Column(Topic.FUNDS.value, Topic.FUNDS.label, T.YUAN, topic=Topic.FUNDS),
    Column(Topic.PROGRESS.value, Topic.PROGRESS.label, T.VALUE, _("In per cent."), topic=Topic.PROGRESS),
    Column(
        Topic.WORKS.value,
        Topic.WORKS.label,
        meaning=_("What is built and what was done, in words."),
        topic=Topic.WORKS,
    ),
    *_steps("promised", _("%(name)s, promised"), _("As it was promised."), Topic.PROMISED, PROMISED),
    *_steps("actual", _("%(name)s, actual"), _("The date on which it came."), Topic.ACTUAL, ACTUAL),
    *_steps(EITHER, _("%(name)s, date"), _("Past it is the actual date, to come a promised one."), None, ()),
    Column(
        "years",
        _("years of building"),
        meaning=_("The start, and the completion promised, in one cell: 2024-2027."),
    ),
    Column(
        "statement",
        _("figure or date"),
        meaning=_("Which one it is, as a column of a sheet of projects is called, or its code."),
    ),
    Column(
        "said_value", _("its value"), meaning=_("A sum, a date, a word or words, as the figure takes it.")
    ),
    Column(
        "said_unit", _("its unit"), meaning=_("Of a sum: yuan, ten thousand yuan, a hundred million yuan.")
    ),
    Column("said_as_of", _("true on"), meaning=_("Empty where it is that of the whole sheet.")),
    Column(
        "said_period", _("of the time"), meaning=_("Of a plan and of what was invested: a year or a month.")
    ),
    Column("section", _("section of the source"), meaning=_("Its number in the outline of the document.")),
    Column("paragraph", _("paragraph of the source"), meaning=_("Counted from 1 within the section.")),
    Column("sentence", _("sentence of the source"), meaning=_("Counted from 1 within the paragraph.")),
    Column(
        "credit_code",
        _("unified social credit code"),
        meaning=_("18 characters; by it an organisation is found, whatever it is called."),
    ),
    *(Column(one.value, one.label, meaning=_("An organisation, by its name.")) for one in PartyRole),
)
