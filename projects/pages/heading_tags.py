"""What the head of a page says twice: to the browser and to those who share it (OpenGraph)."""

from django import template
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def titled(text: SafeString) -> SafeString:
    return _both("<title>{0}</title>", "og:title", text)


@register.filter
def described(text: SafeString) -> SafeString:
    return _both('<meta name="description" content="{0}">', "og:description", text)


def _both(tag: str, name: str, text: SafeString) -> SafeString:
    """Of words that a template has put together, and escaped as text."""
    words = " ".join(text.split()).replace('"', "&quot;")
    return SafeString(f'{tag.format(words)}\n<meta property="{name}" content="{words}">')
