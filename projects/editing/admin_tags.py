"""How the admin's own pages read: what a claim is about, what an audit entry changed."""

from django import template

from projects.core.statements import Series
from projects.models import AuditEntry, Indicator
from projects.words.language import in_language
from projects.words.series import heading

register = template.Library()


@register.simple_tag
def series_heading(series: Series, measure: Indicator | None = None) -> str:
    """What a claim is about, in a few words."""
    return heading(series, in_language(measure) if measure else "")


@register.filter
def differences(entry: AuditEntry) -> list[tuple[str, object, object]]:
    """Name, before and after of each value that an audit entry tells of."""
    before, after = (side if isinstance(side, dict) else {} for side in (entry.before, entry.after))
    names = [*after, *(name for name in before if name not in after)]
    return [(name, before.get(name), after.get(name)) for name in names]
