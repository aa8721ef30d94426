"""Where claims come from: a document, and its outline described in our own words."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.choices import Basis, FileKind, SourceKind
from projects.models.constraints import known_codes
from projects.models.fields import FuzzyDateField, bound, reference
from projects.models.managers import by_natural_key
from projects.models.validators import check_line_count, check_lines
from projects.models.versioned import Versioned


def folder() -> Path:
    """Where the files of documents lie; nothing there is served."""
    return Path(settings.MEDIA_ROOT) / "documents"


def file_name(kind: FileKind, digest: str) -> str:
    return f"{digest}.{kind.suffix}"


class SourceQuerySet(models.QuerySet):
    def documents(self):
        """Public, and no monthly report: of those there is one for each project and month."""
        return self.filter(is_public=True).exclude(kind=SourceKind.REPORT)


class Source(Versioned):
    """A newspaper page, a notice, an approved monthly report or an import file."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=SourceKind.as_choices)
    title = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(_("English title"), max_length=300, blank=True)
    headline = models.CharField(
        _("headline"), max_length=300, blank=True, help_text=_("The document's own title, as printed.")
    )
    publisher = models.CharField(
        _("publisher"), max_length=100, blank=True, help_text=_("Empty where the document names none.")
    )
    publisher_en = models.CharField(_("English name of the publisher"), max_length=200, blank=True)
    published_earliest = bound()
    published_latest = bound()
    published = FuzzyDateField(_("published"), help_text=_("For example 2024-10 or 2024-09/2024-12."))
    published_basis = models.CharField(
        _("basis of the date"),
        max_length=10,
        choices=Basis.as_choices,
        default=Basis.STATED,
        help_text=_("Inferred where the document does not print it; the note says from what."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("How the date was found, what is missing."))
    note_en = models.TextField(_("English note"), blank=True)
    is_public = models.BooleanField(_("public"), default=True)
    may_be_quoted = models.BooleanField(
        _("may be quoted"),
        default=False,
        help_text=_("Where its text is kept, every footnote shows the sentence that it stands for."),
    )
    file_kind = models.CharField(
        _("kept as"), max_length=5, choices=FileKind.as_choices, blank=True, editable=False
    )
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True, editable=False)

    objects = by_natural_key("code", queryset=SourceQuerySet)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["published_latest", "code"]
        constraints = [
            known_codes(_("Choose one of the kinds of source."), kind=SourceKind),
            known_codes(
                _("Its date is printed in the document, or inferred from it."), published_basis=Basis
            ),
            models.CheckConstraint(
                name="source_file_kind_has_digest",
                condition=Q(file_kind="", sha256="") | Q(file_kind__in=FileKind.values) & ~Q(sha256=""),
                violation_error_message=_("A file that is kept has its kind and its SHA-256."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_dated_by_us(self) -> bool:
        """Its date is not printed in it: we read it from what it says."""
        return self.published_basis == Basis.INFERRED

    @property
    def file_name(self) -> str:
        """Of the file that is kept; the same bytes are kept once."""
        return file_name(FileKind(self.file_kind), self.sha256) if self.sha256 else ""

    @property
    def is_text(self) -> bool:
        return self.file_kind == FileKind.TEXT

    @property
    def is_quotable(self) -> bool:
        """Its sentences may be shown to everybody."""
        return self.is_public and self.may_be_quoted and self.is_text


class SourceSection(models.Model):
    """One part of a document's outline; claims count their paragraph within it."""

    source = reference(Source, _("source"), "sections")
    position = models.PositiveSmallIntegerField(_("position"))
    number = models.CharField(_("number"), max_length=10)
    title = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(_("English title"), max_length=300, blank=True)
    paragraphs = models.PositiveSmallIntegerField(_("number of paragraphs"))
    lines = models.CharField(
        _("lines"),
        max_length=2000,
        blank=True,
        validators=[check_lines],
        help_text=_("Which lines of the document's text make each paragraph, for example 11; 13,15; 17."),
    )
    gap = models.CharField(_("gap"), max_length=300, blank=True, help_text=_("What is missing or damaged."))
    gap_en = models.CharField(_("English words on the gap"), max_length=300, blank=True)

    objects = by_natural_key("source__code", "number")

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("outline")
        ordering = ["source", "position"]
        constraints = [
            models.UniqueConstraint(
                name="sourcesection_number_once",
                fields=["source", "number"],
                violation_error_message=_("Another section of this source has this number."),
            ),
            models.UniqueConstraint(
                name="sourcesection_position_once",
                fields=["source", "position"],
                violation_error_message=_("Another section of this source has this position."),
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    def clean(self):
        check_line_count(self.lines, self.paragraphs)
