"""What feeds and calendars say, entry by entry, beside the statements that they are of (`held`)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.test import Client
from django.utils import translation
from icalendar import Calendar

from projects.choices import PromiseState, Topic
from projects.core.fuzzy_dates import Fuzzy
from projects.core.money import Money
from projects.models import Claim
from projects.words import dates, figures
from projects.words.language import in_language
from projects.words.scopes import scope_word
from projects.words.stage_words import stage_word
from tests.public.held import Tables

ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass(frozen=True)
class Entry:
    """A title with the statement that it is of; of a calendar also from which day to which."""

    ref: str
    title: str
    days: tuple[date, date] | None = None


def entries(client: Client, path: str) -> Iterator[Entry]:
    """Of a feed those of all its pages."""
    while path:
        content = client.get(path).content
        if urlsplit(path).path.endswith(".ics"):
            yield from _of_calendar(content)
            return
        feed = ElementTree.fromstring(content)  # noqa: S314 (our own)
        yield from map(_of_feed, feed.findall(f"{ATOM}entry"))
        further = [one.get("href") for one in feed.findall(f"{ATOM}link") if one.get("rel") == "next"]
        path = further[0].removeprefix("http://testserver") if further else ""


def _of_feed(entry: ElementTree.Element) -> Entry:
    return Entry(entry.find(f"{ATOM}id").text.rpartition("/")[2], entry.find(f"{ATOM}title").text)


def _of_calendar(content: bytes) -> Iterator[Entry]:
    for one in Calendar.from_ical(content).walk("VEVENT"):
        days = one.decoded("dtstart"), one.decoded("dtend") - timedelta(days=1)
        yield Entry(urlsplit(str(one["url"])).fragment, str(one["summary"]), days)


def faults(found: Iterable[Entry], tables: Tables, language: str) -> list[str]:
    with translation.override({"zh": "zh-hans"}.get(language, language)):
        return [f"{fault}: {entry.title}" for entry in found for fault in _faults(entry, tables)]


def _faults(entry: Entry, tables: Tables) -> Iterator[str]:
    claim = tables.statements[entry.ref]
    yield from (f"without {one}" for one in tables.said(claim).missing(entry.title, "", "", tables.inferred))
    if number := _unheld(entry.title, claim):
        yield f"{number} is of no statement"
    is_told = entry.days is not None or claim.topic not in (Topic.ACTUAL, Topic.CONDITION)
    if is_told and not any(words in entry.title for words in _words(claim)):
        yield "without its value"
    if entry.days and entry.days != _days(claim):
        yield f"marked from {entry.days[0]} to {entry.days[1]}"


def _days(claim: Claim) -> tuple[date, date]:
    """What has come is a span, a promise its last day."""
    value = claim.value()
    return (value.earliest if claim.topic == Topic.ACTUAL else value.latest), value.latest


def _words(claim: Claim) -> set[str]:
    value = claim.value()
    if isinstance(value, Fuzzy):
        return {dates.words(value), dates.when(value)}
    if isinstance(value, Money):
        return {figures.amount(value)}
    if value == PromiseState.TBD:
        return {str(PromiseState.TBD.label)}
    return {stage_word(value, claim.qualifier, claim.project)} if claim.topic == Topic.STAGE else set()


def _unheld(title: str, claim: Claim) -> str:
    """A number that is neither in the name nor in a statement of the same thing."""
    alike = claim.project.claims.filter(topic=claim.topic, measure=claim.measure, scope=claim.scope)
    known = {in_language(claim.project, "name"), scope_word(claim.scope), claim.scope}
    known |= {words for one in alike for words in _words(one)}
    for words in sorted(filter(None, known), key=len, reverse=True):
        title = title.replace(words, " ")
    found = re.search(r"\d+", title.rpartition("…")[2])  # of a long one the name is cut
    return found[0] if found else ""
