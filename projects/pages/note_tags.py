"""What stands beside a value: what it is about, that it is our reading, the mark of its note, where a word is
explained."""

from collections.abc import Mapping
from html import escape

from django import template
from django.utils.safestring import SafeString

from projects.choices import Basis
from projects.core.statements import DATED_TOPICS, Series
from projects.pages.value_tags import bilingual
from projects.words import news_sentences, series, stage_words

register = template.Library()


@register.filter
def news_sentence(event) -> SafeString | str:
    """What happened, after the name of the project."""
    return bilingual(news_sentences.sentence(event))


def heading(said: Series, measure: str = "", of=None) -> SafeString | str:
    """What a statement is about; a milestone as it is called of a record."""
    if said.topic in DATED_TOPICS:
        measure = stage_words.milestone_word(said.measure, of or None)
    return bilingual(series.heading(said, measure))


@register.simple_tag(takes_context=True)
def is_first_here(context, anchor: str) -> bool:
    """Whether a word is to be explained: where it first stands on a page, but on the one that does."""
    request = context.get("request")
    if request is None or context.get("door") == "about":
        return False
    explained = request.__dict__.setdefault("explained", set())
    is_first = anchor not in explained
    explained.add(anchor)
    return is_first


@register.simple_tag(takes_context=True)
def is_inferred(context, said, claim=None) -> bool:
    """Whether a value, or its day, is our reading: by its claim, by itself, by the notes that it has."""
    if claim:
        return claim.basis == Basis.INFERRED
    if hasattr(said, "is_stated"):
        return not said.is_stated
    notes = context.get("notes", {})
    behind = (notes.get(ref) for ref in (said.ref, getattr(said, "said_last", "")))
    return any(note.is_inferred for note in behind if note)


@register.simple_tag(takes_context=True)
def footnote(context, ref: str) -> SafeString | str:
    """A small mark that opens its note, numbered as the page shows them; a note leads back to the first."""
    notes = context.get("notes")
    if not ref or notes is None or ref not in notes:
        return ""
    note, is_first = notes.mark(ref)
    its_own = f' id="{escape(note.mark)}"' if is_first else ""
    return SafeString(f'<a class="fn"{its_own} {note.leads}')


@register.simple_tag(takes_context=True)
def cited(context) -> Mapping:
    """The notes that are marked so far, for the list of sources."""
    return context["notes"].cited()
