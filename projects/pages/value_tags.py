"""How values read in a template: the words of `words`, codes with their shape, links with the clocks.

No value is computed here; a page is given what it shows.
"""

import re

from django import template
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from projects import choices
from projects.claims import quotes
from projects.core import ages, fuzzy_dates
from projects.core.clocks import Clocks
from projects.core.fuzzy_dates import Fuzzy
from projects.core.money import Money
from projects.core.statements import Number
from projects.pages.page_frame import link, path_of
from projects.words import (
    clock_notices,
    dates,
    figures,
    judgements,
    project_sentences,
    scopes,
    series,
    source_places,
    stage_words,
)
from projects.words.language import either, in_language, is_english, once_a_language

register = template.Library()

VOCABULARIES = {
    "stage": choices.Stage,
    "age": choices.Age,
    "condition": choices.Condition,
    "kind": choices.Kind,
    "sector": choices.Sector,
    "record_type": choices.RecordType,
    "topic": choices.Topic,
    "milestone": choices.Milestone,
    "basis": choices.Basis,
    "role": choices.PartyRole,
    "alias_kind": choices.AliasKind,
    "nearness": choices.Nearness,
    "verdict": choices.Verdict,
    "source_kind": choices.SourceKind,
    "file_kind": choices.FileKind,
    "qualifier": choices.Qualifier,
    "method": choices.Method,
    "funding": choices.Funding,
    "report_state": choices.ReportState,
    "tip_kind": choices.TipKind,
    "tip_verdict": choices.TipVerdict,
}


@register.filter
@once_a_language
def label(code: str, vocabulary: str) -> str:
    """The word for a code."""
    return str(VOCABULARIES[vocabulary](code).label) if code else ""


register.filter("topic_word", series.topic_word)


@register.filter
def lookup(rows: dict, key: str):
    return rows.get(key)


register.simple_tag(in_language, name="in_language_plain")  # for an attribute, where no mark can stand


@register.simple_tag(name="in_language")
def marked_in_language(row, attribute: str) -> str:
    """The same, and Chinese words on an English page say that they are Chinese."""
    return bilingual(in_language(row, attribute))


@register.simple_tag(takes_context=True)
def address(context, name: str, *args, fragment: str = "") -> str:
    """A page's address with what travels in links: the clocks and the reading aids.

    What a source says stands on one of its pages: its address asks for that one.
    """
    at = {"at": fragment} if name == "source_page" and fragment else {}
    return link(path_of(name, *args), at | context.get("carried", {}), fragment)


@register.simple_tag(takes_context=True)
def link_to(context, name: str, *args, **params) -> str:
    """A page's address with a question of its own, beside what travels in links; its own clocks win."""
    params["place"] = params.pop("at", None)  # `place` is a word of this tag's
    asked = {key: value for key, value in params.items() if value not in ("", None)}
    lands = "found" if name == "project_list" and asked else ""  # below what stands open to narrow it
    return link(path_of(name, *args), asked | context.get("carried", {}) | asked, lands)


@register.simple_tag
def linked(number: int, counts: str, href: str) -> SafeString:
    """A number in a sentence that leads to the rows that it counts."""
    return format_html('<a data-counts="{}" href="{}">{}</a>', counts, href, number)


@register.filter
def unlocal(number: float) -> str:
    """A number of a drawing: a point and no separators, whatever the language."""
    return f"{number:g}" if number < 1e5 else str(round(number, 2))


@register.filter
def fuzzy(value: Fuzzy | str) -> str:
    return dates.words(value if isinstance(value, Fuzzy) else fuzzy_dates.parse(value)) if value else ""


@register.filter
def last_word(report, clocks: Clocks) -> str:
    """The age of a report; of all, or of a standing that names its last one."""
    return dates.last_word(fuzzy_dates.parse(report.last_known), clocks.asof, is_today=clocks.is_today)


@register.filter
def month_at_most(text: str) -> str:
    return dates.month_at_most(fuzzy_dates.parse(text))


@register.simple_tag(takes_context=True)
def age_of(context, last_said: str = "") -> str:
    """The code of how old a word is (its time as EDTF) on the day of the page; "" where nothing was said."""
    return ages.age(fuzzy_dates.parse(last_said).latest, context["clocks"].asof).value if last_said else ""


register.filter("day", dates.day)
register.filter("local_day", timezone.localdate)
register.filter("month", dates.month)
register.filter("slip", dates.slip)
register.filter("period", dates.period)
register.filter("reason", judgements.reason)
register.filter("verdict_note", judgements.verdict_note)
register.filter("age", dates.age)
register.filter("said_as_of", dates.said_as_of)
register.filter("scope_word", scopes.scope_word)
register.filter("clock_notice", clock_notices.clock_notice)


# From the first Chinese character to the last, as long as no Latin letter stands between.
CHINESE = re.compile(
    "([{0}](?:[^A-Za-z]*[{0}])?)".format(r"\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef")
)


@register.filter
def bilingual(text: str) -> SafeString | str:
    """On an English page what is Chinese in a sentence says so, and is read out as Chinese."""
    if not is_english():
        return text
    return mark_safe(CHINESE.sub(r'<span lang="zh-Hans">\1</span>', escape(text)))  # noqa: S308 (escaped)


@register.filter
def in_a_row(words: list) -> str:
    return either("、", ", ").join(map(str, words))


@register.filter
def in_fours(text: str) -> str:
    """A key or a code as people copy it."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


@register.simple_tag
def gap() -> str:
    """Between two sentences: Chinese stops bring their own space."""
    return either("", " ")


@register.simple_tag
def colon() -> str:
    return either("：", ": ")


@register.simple_tag
def stop() -> str:
    """The end of a sentence that a template puts together."""
    return either("。", ".")


@register.simple_tag
def stage_word(stage: str, qualifier: str = "", record=None) -> str:
    """The word for a stage, as it is called of a record."""
    return stage_words.stage_word(stage, qualifier, record or None) if stage else ""


@register.filter
def milestone_of(milestone: str, record) -> str:
    """The word for a step, as it is called of a record."""
    return stage_words.milestone_word(milestone, record) if milestone else ""


@register.simple_tag
def step(milestone: str, part: str, record) -> SafeString | str:
    """The same with the part of the record that it is of, where it is of one."""
    return bilingual(project_sentences.in_scope(milestone, part, record))


@register.simple_tag
def partly_in_use(record=None) -> str:
    return stage_words.partly_in_use(record or None)


@register.simple_tag
def scope(part: str) -> SafeString | str:
    """A part of a project; where it has no English, the Chinese, marked."""
    return bilingual(scopes.scope_word(part))


@register.simple_tag
def value(said, qualifier: str = "", topic: str = "", of=None) -> str:
    """Any typed value of a claim, in words; of a record where its stages are called by its kind."""
    if isinstance(said, Money):
        return figures.amount(said, qualifier)
    if isinstance(said, Number):
        return figures.number(said.value, said.unit, qualifier)
    if isinstance(said, Fuzzy):
        return figures.qualified(dates.words(said), qualifier)
    if topic == "stage":
        return stage_word(said, qualifier, of)
    if topic == "promised":
        return str(choices.PromiseState(said).label)
    return label(said, topic) if topic == "condition" else bilingual(figures.size(said or ""))


@register.simple_tag
def total(yuan: int | None, qualifier: str | None = "") -> str:
    return "" if yuan is None else figures.total(yuan, qualifier or "")


@register.simple_tag
def place_of(row) -> str:
    """Where a row stands in its source."""
    return source_places.place_words(row.section.number, row.paragraph, row.sentence) if row.section else ""


register.simple_tag(source_places.place_words)
register.simple_tag(quotes.quote_of)
