"""How the admin's own pages read: what a claim is about, what an audit entry changed."""

from django import template

from projects.core.statements import Series
from projects.editing import audit_changes
from projects.models import Indicator
from projects.words.audit_actions import action_word
from projects.words.language import in_language
from projects.words.series import heading

register = template.Library()
register.filter("action_word", action_word)
register.simple_tag(audit_changes.differences)


@register.simple_tag
def series_heading(series: Series, measure: Indicator | None = None) -> str:
    """What a claim is about, in a few words."""
    return heading(series, in_language(measure) if measure else "")
