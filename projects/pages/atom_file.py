"""Atom feeds (RFC 4287): what became known, newest first, under ids that no move of the site changes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html

from projects.audit.midnight import midnight
from projects.pages.plain_text import plain

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
HOUSE = "tag:qijiang-project-progress,2026"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One claim: its reference, and the day on which it became known; the note is Chinese.

    Of its category `term` is the code, the same in each language, and `label` its words.
    """

    ref: str
    known_on: date
    title: str
    summary: str
    note: str
    term: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Feed:
    """`about` is its address without the host: what it is recognised by; `day` its date while empty."""

    about: str
    title: str
    author: str
    language: str
    url: str
    page: str
    day: date
    beside: dict[str, str] = field(default_factory=dict)  # pages of it (RFC 5005): `previous`, `next`


class _Atom(Atom1Feed):
    """The feed changed when its newest entry became known, not when it was asked for."""

    content_type = CONTENT_TYPE

    def add_root_elements(self, handler) -> None:
        super().add_root_elements(handler)
        for rel, url in self.feed["beside"].items():
            handler.addQuickElement("link", "", {"rel": rel, "href": url})

    def add_item_elements(self, handler, item) -> None:
        """Django's own knows of a category the term alone."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("category", "", item["category"])

    def latest_post_date(self) -> datetime:
        return max([item["updateddate"] for item in self.items], default=self.feed["day"])


def atom(feed: Feed, entries: Iterable[FeedEntry]) -> str:
    made = _Atom(
        title=plain(feed.title),
        link=feed.page,
        description="",
        language=feed.language,
        author_name=plain(feed.author),
        feed_url=feed.url,
        feed_guid=f"{HOUSE}:{feed.about}",
        day=midnight(feed.day),
        beside=feed.beside,
    )
    for entry in entries:
        made.add_item(
            title=plain(entry.title),
            link=entry.url,
            description=_html(entry),
            unique_id=f"{HOUSE}:claim/{entry.ref}",
            pubdate=midnight(entry.known_on),
            updateddate=midnight(entry.known_on),
            category={"term": plain(entry.term), "label": plain(entry.label)},
        )
    return made.writeString("utf-8")


def _html(entry: FeedEntry) -> str:
    """Readers take a summary for HTML: what is said stays text in it."""
    said = format_html("<p>{}</p>", plain(entry.summary))
    return said + format_html('<p lang="zh-Hans">{}</p>', plain(entry.note)) if entry.note else said
