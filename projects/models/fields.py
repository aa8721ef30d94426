"""Field types of our own: a fuzzy date that fills the two plain dates beside it.

What the text of a date may say is decided in `core.fuzzy_dates`.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from projects.core import fuzzy_dates
from projects.core.refusals import Refused


def check_edtf(text: str) -> None:
    """Refuse what no rule can read, with an example of what is taken."""
    try:
        fuzzy_dates.parse(text)
    except Refused as bad:
        raise ValidationError(
            _("“%(text)s” is not a date: write 2024, 2024-10, 2024-10-17 or 2024-09/2024-12."),
            code="edtf",
            params=bad.faults[0].values,
        ) from bad


class _FuzzyAttribute(DeferredAttribute):
    """Setting the text sets its bounds, so that a fixture need not repeat them."""

    def __set__(self, instance, value):
        data = instance.__dict__
        data[self.field.attname] = value
        try:
            read = fuzzy_dates.parse(value) if value else None
        except Refused:  # refused by validation, and by the database: the bounds are empty
            read = None
        data[f"{self.field.name}_earliest"] = read.earliest if read else None
        data[f"{self.field.name}_latest"] = read.latest if read else None


class FuzzyDateField(models.CharField):
    """EDTF text. The model declares `<name>_earliest` and `<name>_latest` *before* it."""

    descriptor_class = _FuzzyAttribute
    default_validators = [check_edtf]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)


def bound(**kwargs) -> models.DateField:
    """The earliest or the latest day of the fuzzy date declared after it."""
    return models.DateField(editable=False, **kwargs)


def reference(to, label, related_name: str, **options) -> models.ForeignKey:
    """Another row, which stays as long as this one needs it."""
    return models.ForeignKey(
        to, on_delete=models.PROTECT, verbose_name=label, related_name=related_name, **options
    )


class CodesField(models.TextField):
    """A list of codes, kept as one text in which ` code ` finds exactly that one, on both engines."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        return value.split() if isinstance(value, str) else list(value or ())

    def from_db_value(self, value, expression, connection):
        return self.to_python(value)

    def get_prep_value(self, value):
        return f" {' '.join(codes)} " if (codes := self.to_python(value)) else ""

    def value_to_string(self, obj):
        return " ".join(self.value_from_object(obj))


def person(label, related_name: str, **options) -> models.ForeignKey:
    return reference(settings.AUTH_USER_MODEL, label, related_name, **options)
