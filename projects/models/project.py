"""A project's identity. Everything else known about it is a claim (`models.claim`)."""

from django.db import models
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from projects.choices import AliasKind, Cadence, Funding, Kind, PartyRole, RecordType, Sector
from projects.models.batch import Batch
from projects.models.constraints import known_codes, not_its_own_parent
from projects.models.department import Department
from projects.models.fields import reference
from projects.models.managers import by_natural_key
from projects.models.organisation import Organisation
from projects.models.place import Place
from projects.models.source import Source, SourceSection
from projects.models.validators import check_national_code, check_own_code, refuse_circle
from projects.models.versioned import Versioned


class ProjectQuerySet(models.QuerySet):
    def public(self):
        return self.filter(is_public=True)

    def update(self, **kwargs):
        """Refused: neither audit nor version would see it. Save each project, or name an action for it."""
        raise TypeError("Project.objects.update() would escape the audit and the version")


class Project(Versioned):
    """Names, kind and place publish at once, and the audit keeps them; figures and dates are claims."""

    code = models.CharField(
        _("code"), max_length=11, unique=True, validators=[check_own_code], help_text=_("Never reused.")
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=100, unique=True)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    summary = models.CharField(
        _("summary"),
        max_length=200,
        blank=True,
        help_text=_("What it is. No figure and no date: those are claims."),
    )
    summary_en = models.CharField(_("English summary"), max_length=400, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.as_choices)
    sector = models.CharField(_("sector"), max_length=30, choices=Sector.as_choices, blank=True)
    record_type = models.CharField(_("record type"), max_length=30, choices=RecordType.as_choices)
    funding = models.CharField(_("funding"), max_length=20, choices=Funding.as_choices, blank=True)
    place = reference(Place, _("place"), "projects", null=True, blank=True)
    own_place = reference(
        Place,
        _("is itself the place"),
        "own_records",
        null=True,
        blank=True,
        help_text=_("Of a park or a new town: the place by whose name other projects are said to lie there."),
    )
    department = reference(Department, _("lead department"), "projects", null=True, blank=True)
    parent = reference(
        "self",
        _("part of"),
        "parts",
        null=True,
        blank=True,
        help_text=_("The project or programme of which this is a phase."),
    )
    national_code = models.CharField(
        _("national project code"), max_length=24, blank=True, validators=[check_national_code]
    )
    cadence = models.CharField(
        _("reports"),
        max_length=10,
        choices=Cadence.as_choices,
        blank=True,
        help_text=_(
            "Empty: as often as its stage. Quarterly ones are expected for March, June, September, December."
        ),
    )
    is_public = models.BooleanField(_("public"), default=True)
    batch = reference(Batch, _("made by the file"), "projects", null=True, blank=True, editable=False)

    objects = by_natural_key("code", queryset=ProjectQuerySet)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = [Length("code"), "code"]  # a code of five digits after those of four
        constraints = [
            known_codes(_("Choose one of the kinds."), kind=Kind),
            known_codes(_("Choose one of the record types."), record_type=RecordType),
            known_codes(_("Choose one of the sectors, or none."), or_none=True, sector=Sector),
            known_codes(_("Choose one of the kinds of funding, or none."), or_none=True, funding=Funding),
            known_codes(_("Reports come monthly or quarterly."), or_none=True, cadence=Cadence),
            not_its_own_parent(_("A project cannot be part of itself.")),
            models.UniqueConstraint(
                name="project_own_place_once",
                fields=["own_place"],
                violation_error_message=_("Another record is this place already."),
            ),
        ]
        indexes = [models.Index(fields=["kind", "id"], name="project_kind")]

    def __str__(self):
        return f"{self.code} {self.name}"

    def clean(self):
        refuse_circle(self)


class OldSlug(models.Model):
    """An address that a project once had, and that leads to it for ever."""

    slug = models.SlugField(_("old address"), max_length=80, unique=True)
    project = reference(Project, _("project"), "old_slugs")

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        ordering = ["slug"]

    def __str__(self):
        return self.slug


class FromSource(models.Model):
    """A piece of identity that a source gives: where it stands, and since when it is known."""

    source = reference(Source, _("source"), "+", null=True, blank=True)
    section = reference(SourceSection, _("section"), "+", null=True, blank=True)
    paragraph = models.PositiveSmallIntegerField(_("paragraph"), null=True, blank=True)
    sentence = models.PositiveSmallIntegerField(_("sentence"), null=True, blank=True)
    known_on = models.DateField(_("known on"), null=True, blank=True)

    class Meta:
        abstract = True


class Alias(FromSource):
    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("project")
    )
    name = models.CharField(_("name"), max_length=100, unique=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=AliasKind.as_choices, default=AliasKind.OTHER_NAME
    )
    note = models.CharField(
        _("note"), max_length=300, blank=True, help_text=_("The evidence for a misprint.")
    )

    objects = by_natural_key("name")

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ["name"]
        constraints = [
            known_codes(_("Choose one of the kinds of alias."), kind=AliasKind),
        ]

    def __str__(self):
        return self.name


class ProjectParty(FromSource):
    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="parties", verbose_name=_("project")
    )
    organisation = reference(Organisation, _("organisation"), "parties")
    role = models.CharField(_("role"), max_length=20, choices=PartyRole.as_choices)

    objects = by_natural_key("project__code", "organisation__code", "role")

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["project", "role", "organisation"]
        constraints = [
            models.UniqueConstraint(
                name="projectparty_role_once",
                fields=["project", "organisation", "role"],
                violation_error_message=_("This organisation has this role in the project already."),
            ),
            known_codes(_("Choose one of the roles."), role=PartyRole),
        ]

    def __str__(self):
        return f"{self.organisation} · {self.get_role_display()}"
