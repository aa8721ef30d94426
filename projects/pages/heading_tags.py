"""What the head of a page says twice: to the browser and to those who share it (OpenGraph)."""

from functools import lru_cache
from html import escape, unescape

from django import template
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

register = template.Library()

LONGEST = 160  # of a description: more of it is shown nowhere
MAX_SAID = 1_000  # that are at hand, half a kilobyte each


@register.filter
@lru_cache(MAX_SAID)
def titled(text: SafeString) -> SafeString:
    return _both("<title>{0}</title>", "og:title", text)


@register.filter
@lru_cache(MAX_SAID)
def described(text: SafeString) -> SafeString:
    """Without the marks of a page: of a foreign word, of a number that leads somewhere."""
    words = _at_most(" ".join(unescape(strip_tags(text)).split()))
    return _both('<meta name="description" content="{0}">', "og:description", SafeString(escape(words)))


def _at_most(words: str) -> str:
    """Cut where a word ends; in Chinese after a mark."""
    if len(words) <= LONGEST:
        return words
    cut = words[: LONGEST - 2]
    at = max(cut.rfind(mark) for mark in " 。，；、") + 1
    return f"{cut[: at or None].rstrip(' ·，；、,;')} …"


def _both(tag: str, name: str, text: SafeString) -> SafeString:
    """Of words that a template has put together, and escaped as text."""
    words = " ".join(text.split()).replace('"', "&quot;")
    return SafeString(f'{tag.format(words)}\n<meta property="{name}" content="{words}">')
