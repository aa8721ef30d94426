"""How the admin's own pages read: what a claim is about, what an audit entry changed."""

from django import template
from django.utils import translation

from projects.core.statements import Series
from projects.models import AuditEntry, Indicator
from projects.words.series import heading

register = template.Library()


@register.simple_tag
def series_heading(series: Series, measure: Indicator | None = None) -> str:
    """What a claim is about, in a few words."""
    if measure is None:
        return heading(series)
    return heading(series, measure.name_en if translation.get_language() == "en" else measure.name)


@register.filter
def differences(entry: AuditEntry) -> list[tuple[str, object, object]]:
    """Name, before and after of each value that an audit entry tells of."""
    before, after = (side if isinstance(side, dict) else {} for side in (entry.before, entry.after))
    names = [*after, *(name for name in before if name not in after)]
    return [(name, before.get(name), after.get(name)) for name in names]
