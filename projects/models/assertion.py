"""What a claim and a statistic share: one typed value, two clocks, a place in a source, its approval.

Abstract. Which value a topic takes is each table's own constraint; what holds is in `core.precedence`.
"""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from projects.choices import Basis, Method, Origin, Qualifier, SourceKind, Stage, Unit, ValueKind
from projects.core import fuzzy_dates, numbers
from projects.core.fuzzy_dates import Fuzzy
from projects.core.money import Money
from projects.core.statements import Number, Series, Statement, Value
from projects.models.checked import Checked
from projects.models.constraints import known_codes, none_or_both_bounds
from projects.models.fields import FuzzyDateField, bound, person, reference
from projects.models.source import Source, SourceSection

COLUMNS = {
    ValueKind.CODE: "value_code",
    ValueKind.MONEY: "value_yuan",
    ValueKind.NUMBER: "value_number",
    ValueKind.DATE: "value_date",
    ValueKind.TEXT: "value_text",
}
EMPTY = {"value_code": "", "value_yuan": None, "value_number": None, "value_date": "", "value_text": ""}


def holds_only(kind: ValueKind | None) -> Q:
    """Exactly the column of this kind is filled; none of them for None."""
    filled = COLUMNS.get(kind)
    others = Q(**{column: empty for column, empty in EMPTY.items() if column != filled})
    return others & ~Q(**{filled: EMPTY[filled]}) if filled else others


class AssertionQuerySet(models.QuerySet):
    def as_statements(self) -> list[Statement]:
        """As the rules see them, in one query."""
        return [
            one.statement() for one in self.select_related("source", "section", "corrects", *self.alongside)
        ]

    alongside: tuple[str, ...] = ()  # further rows that a series is read from

    def approved(self):
        return self.filter(approved_at__isnull=False)

    def pending(self):
        return self.filter(approved_at=None, refused_at=None)

    def waiting_alone(self):
        """Pending, and decided one by one."""
        return self.pending()

    def with_correction(self):
        """Each row with whether a published one corrects it."""
        return self.annotate(
            is_corrected=Exists(self.model.objects.approved().filter(corrects=OuterRef("pk")))
        )

    def delete(self):
        """Refused here as in the database: a published row stays; an action deletes a pending one."""
        if self.approved().exists():
            raise TypeError("a published claim is never deleted: correct or withdraw it")
        return super().delete()


def _person(related_name: str, label) -> models.ForeignKey:
    return person(label, related_name, null=True, blank=True, editable=False)


class Assertion(Checked):
    ref = models.CharField(_("reference"), max_length=40, unique=True, help_text=_("Permanent."))

    value_code = models.CharField(_("code"), max_length=20, blank=True)
    value_yuan = models.BigIntegerField(_("amount in yuan"), null=True, blank=True)
    value_number = models.DecimalField(_("number"), max_digits=20, decimal_places=6, null=True, blank=True)
    value_date_earliest = bound(null=True)
    value_date_latest = bound(null=True)
    value_date = FuzzyDateField(_("date"), blank=True)
    value_text = models.CharField(_("words"), max_length=500, blank=True)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals as printed"), default=0)
    qualifier = models.CharField(_("qualifier"), max_length=10, choices=Qualifier.as_choices, blank=True)
    printed_as = models.CharField(
        _("printed as"),
        max_length=40,
        blank=True,
        help_text=_("How the figure stands in its sentence, where that is not in these digits: 翻一番."),
    )
    method = models.CharField(
        _("method"),
        max_length=10,
        choices=Method.as_choices,
        blank=True,
        help_text=_("By which book it is counted."),
    )

    as_of_earliest = bound()
    as_of_latest = bound()
    as_of = FuzzyDateField(_("as of"))
    known_on = models.DateField(_("known on"))

    source = reference(Source, _("source"), "%(class)ss")
    section = reference(SourceSection, _("section"), "%(class)ss", null=True, blank=True)
    paragraph = models.PositiveSmallIntegerField(_("paragraph"), null=True, blank=True)
    sentence = models.PositiveSmallIntegerField(_("sentence"), null=True, blank=True)
    basis = models.CharField(_("basis"), max_length=10, choices=Basis.as_choices, default=Basis.STATED)
    note = models.TextField(_("note"), blank=True, help_text=_("Public, in our own words."))

    corrects = reference("self", _("corrects"), "corrections", null=True, blank=True)
    origin = models.CharField(
        _("origin"), max_length=10, choices=Origin.as_choices, default=Origin.EDITOR, editable=False
    )
    entered_by = _person("%(class)ss_entered", _("entered by"))
    entered_at = models.DateTimeField(_("entered at"), editable=False)
    approved_by = _person("%(class)ss_approved", _("approved by"))
    approved_at = models.DateTimeField(_("approved at"), null=True, editable=False)
    refused_by = _person("%(class)ss_refused", _("refused by"))
    refused_at = models.DateTimeField(_("refused at"), null=True, editable=False)
    refused_why = models.CharField(_("why refused"), max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_as_of_before_known_on",
                condition=Q(as_of_earliest__lte=F("as_of_latest"), as_of_latest__lte=F("known_on")),
                violation_error_message=_("The as-of date must end no later than the day it became known."),
            ),
            models.CheckConstraint(
                name="%(class)s_value_date_bounds",
                condition=none_or_both_bounds("value_date"),
                violation_error_message=_("The date cannot be read."),
            ),
            models.CheckConstraint(
                name="%(class)s_figure_has_unit",
                condition=Q(value_yuan=None, value_number=None)
                | Q(value_yuan__isnull=False, unit__in=Unit.values)
                | (Q(value_number__isnull=False) & ~Q(unit="")),
                violation_error_message=_("Give the unit of the figure."),
            ),
            models.CheckConstraint(
                name="%(class)s_qualifier_fits_value",
                condition=Q(qualifier="")
                | Q(qualifier__in=Qualifier.values)
                & (Q(value_yuan__isnull=False) | Q(value_number__isnull=False))
                | Q(qualifier=Qualifier.NEARLY, value_code=Stage.COMPLETED, basis=Basis.INFERRED)
                | Q(qualifier=Qualifier.EXPECTED) & ~Q(value_date=""),
                violation_error_message=_(
                    "A figure takes a qualifier, a promised date “expected”, and “completed” the word"
                    " “nearly”; nothing else does."
                ),
            ),
            known_codes(_("Choose one of the methods, or none."), or_none=True, method=Method),
            known_codes(_("Choose stated or inferred."), basis=Basis, origin=Origin),
            models.CheckConstraint(
                name="%(class)s_approved_not_refused",
                condition=Q(approved_at=None) | Q(refused_at=None),
                violation_error_message=_("What is approved cannot be refused."),
            ),
            models.UniqueConstraint(
                name="%(class)s_corrected_once",
                fields=["corrects"],
                # Few are corrections: the planners are told so, and take it to find who corrects a row.
                condition=Q(approved_at__isnull=False, corrects__isnull=False),
                violation_error_message=_("This has been corrected already: correct the correction."),
            ),
        ]

    def __str__(self):
        return self.ref

    def series(self) -> Series:
        raise NotImplementedError  # each table's own

    def value(self) -> Value | None:
        """The typed value; None in a withdrawal."""
        if self.value_yuan is not None:
            return Money(self.value_yuan, self.unit, self.decimals)
        if self.value_number is not None:
            return Number(numbers.rounded(self.value_number, self.decimals), self.unit)
        if self.value_date:
            return fuzzy_dates.parse(self.value_date)
        return self.value_code or self.value_text or None

    def statement(self) -> Statement:
        """As the rules see it. Reads the source and section: select them with it."""
        return Statement(
            ref=self.ref,
            series=self.series(),
            value=self.value(),
            as_of=fuzzy_dates.parse(self.as_of),
            known_on=self.known_on,
            is_stated=self.basis == Basis.STATED,
            rank=SourceKind(self.source.kind).rank,
            source=self.source.code,
            place=(self.section.position, self.paragraph, self.sentence) if self.section else None,
            entered=self.pk or 0,
            corrects=self.corrects.ref if self.corrects else None,
            qualifier=self.qualifier,
            is_target=getattr(self, "is_target", False),
            published=self.published(),
        )

    def published(self) -> Fuzzy | None:
        """The date of its source, where it became known with it. Reads the source."""
        is_known_with_it = self.source.published_latest == self.known_on
        return fuzzy_dates.parse(self.source.published) if is_known_with_it else None

    @property
    def is_withdrawal(self) -> bool:
        return all(getattr(self, column) == empty for column, empty in EMPTY.items())
