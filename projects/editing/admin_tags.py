"""How the admin's own pages read: what a claim is about, what an audit entry changed."""

from django import template
from django.db.models.options import Options
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from projects.choices import Role
from projects.core.statements import Series
from projects.models import AuditEntry, Indicator
from projects.words.audit_actions import action_word
from projects.words.language import either, in_language
from projects.words.series import heading

# What the audit keeps beside the fields of a row.
NAMES = {"roles": _("roles"), "further_units": _("further units"), "further_units_why": _("reasons for them")}

register = template.Library()
register.filter("action_word", action_word)


@register.simple_tag
def series_heading(series: Series, measure: Indicator | None = None) -> str:
    """What a claim is about, in a few words."""
    return heading(series, in_language(measure) if measure else "")


@register.filter
def differences(entry: AuditEntry, opts: Options) -> list[tuple[str, object, object]]:
    """Name, before and after of each value that an audit entry changed, called as on the forms."""
    before, after = (side if isinstance(side, dict) else {} for side in (entry.before, entry.after))
    names = [*after, *(name for name in before if name not in after)]
    fields = {field.name: field for field in opts.get_fields() if not field.auto_created}
    changed = [name for name in names if not before or before.get(name) != after.get(name)]
    return [_told(name, fields.get(name), before.get(name), after.get(name)) for name in changed]


def _listed(values: list) -> str:
    """Roles by their labels, all else as it was kept."""
    words = (str(Role(one).label) if one in Role.values else str(one) for one in values)
    return either("、", ", ").join(words)


def _told(name: str, field, *sides: object) -> tuple[str, object, object]:
    if field is None or field.many_to_many:
        before, after = (_listed(one) if isinstance(one, list) else one for one in sides)
        return capfirst(NAMES.get(name, name)), before, after
    words = dict(field.flatchoices) or {True: _("yes"), False: _("no")}
    before, after = (words.get(one, one) if isinstance(one, str | bool) else one for one in sides)
    return capfirst(field.verbose_name), before, after
