import datetime

import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import projects.choices
import projects.models.fields
import projects.models.round
import projects.models.validators


class Migration(migrations.Migration):
    initial = True
    dependencies = [("auth", "0012_alter_user_first_name_max_length")]
    operations = [
        migrations.CreateModel(
            name="Counter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("prefix", models.CharField(max_length=10, unique=True, verbose_name="prefix")),
                ("last", models.PositiveBigIntegerField(default=0, verbose_name="last number given")),
            ],
            options={"verbose_name": "counter", "verbose_name_plural": "counters", "ordering": ["prefix"]},
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "code",
                    models.CharField(
                        help_text="Never reused.",
                        max_length=11,
                        unique=True,
                        validators=[projects.models.validators.check_own_code],
                        verbose_name="code",
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address")),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="English name")),
                (
                    "summary",
                    models.CharField(
                        blank=True,
                        help_text="What it is. No figure and no date: those are claims.",
                        max_length=200,
                        verbose_name="summary",
                    ),
                ),
                ("summary_en", models.CharField(blank=True, max_length=400, verbose_name="English summary")),
                (
                    "kind",
                    models.CharField(
                        choices=projects.choices.Kind.as_choices, max_length=20, verbose_name="kind"
                    ),
                ),
                (
                    "sector",
                    models.CharField(
                        blank=True,
                        choices=projects.choices.Sector.as_choices,
                        max_length=30,
                        verbose_name="sector",
                    ),
                ),
                (
                    "record_type",
                    models.CharField(
                        choices=projects.choices.RecordType.as_choices,
                        max_length=30,
                        verbose_name="record type",
                    ),
                ),
                (
                    "funding",
                    models.CharField(
                        blank=True,
                        choices=projects.choices.Funding.as_choices,
                        max_length=20,
                        verbose_name="funding",
                    ),
                ),
                (
                    "national_code",
                    models.CharField(
                        blank=True,
                        max_length=24,
                        validators=[projects.models.validators.check_national_code],
                        verbose_name="national project code",
                    ),
                ),
                ("is_public", models.BooleanField(default=True, verbose_name="public")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        help_text="The project or programme of which this is a phase.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="projects.project",
                        verbose_name="part of",
                    ),
                ),
            ],
            options={
                "verbose_name": "project",
                "verbose_name_plural": "projects",
                "ordering": [django.db.models.functions.text.Length("code"), "code"],
                "indexes": [models.Index(fields=["kind", "id"], name="project_kind")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "industrial",
                                    "logistics",
                                    "transport",
                                    "water",
                                    "energy",
                                    "digital",
                                    "health",
                                    "urban",
                                    "tourism",
                                    "agriculture",
                                    "other",
                                ],
                            )
                        ),
                        name="project_kind_known",
                        violation_error_message="Choose one of the kinds.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "record_type__in",
                                [
                                    "project",
                                    "park",
                                    "base",
                                    "facility",
                                    "platform",
                                    "programme",
                                    "expansion",
                                    "existing_plant",
                                    "existing_infrastructure",
                                    "bid",
                                ],
                            )
                        ),
                        name="project_record_type_known",
                        violation_error_message="Choose one of the record types.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "sector__in",
                                [
                                    "",
                                    "light_alloy",
                                    "smart_equipment",
                                    "food",
                                    "prefab_building",
                                    "information_security",
                                    "gas_chemistry",
                                    "emerging",
                                ],
                            )
                        ),
                        name="project_sector_known",
                        violation_error_message="Choose one of the sectors, or none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("funding__in", ["", "government", "private", "mixed"])),
                        name="project_funding_known",
                        violation_error_message="Choose one of the kinds of funding, or none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="project_parent_another",
                        violation_error_message="A project cannot be part of itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="English name")),
                (
                    "contact",
                    models.CharField(
                        blank=True,
                        help_text="Name and telephone of whom to remind of reports. Never public; for staff alone.",
                        max_length=100,
                        verbose_name="internal contact",
                    ),
                ),
            ],
            options={
                "verbose_name": "department",
                "verbose_name_plural": "departments",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("code", models.SlugField(max_length=60, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="English name")),
                (
                    "kind",
                    models.CharField(
                        choices=projects.choices.PlaceKind.as_choices, max_length=20, verbose_name="kind"
                    ),
                ),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="latitude"
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="longitude"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="projects.place",
                        verbose_name="lies in",
                    ),
                ),
            ],
            options={
                "verbose_name": "place",
                "verbose_name_plural": "places",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["district", "park", "town", "area"])),
                        name="place_kind_known",
                        violation_error_message="Choose one of the kinds of place.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="place_parent_another",
                        violation_error_message="A place cannot lie in itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                ),
                (
                    "must_change_password",
                    models.BooleanField(
                        default=False,
                        help_text="Somebody else has set it: it is changed at the next signing in.",
                        verbose_name="must change the password",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="projects.department",
                        verbose_name="department",
                    ),
                ),
            ],
            options={"verbose_name": "user", "verbose_name_plural": "users", "abstract": False},
            managers=[("objects", django.contrib.auth.models.UserManager())],
        ),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_text",
                        serialize=False,
                        to="projects.project",
                    ),
                ),
                ("text", models.TextField()),
                (
                    "name",
                    models.TextField(
                        help_text="And codes; every line stands between two breaks, as in the next two."
                    ),
                ),
                ("aliases", models.TextField(blank=True)),
                ("pinyin", models.TextField(blank=True)),
                (
                    "labels",
                    models.JSONField(default=list, help_text="As they are written, with their spelling."),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ref",
                    models.CharField(
                        help_text="Permanent.", max_length=40, unique=True, verbose_name="reference"
                    ),
                ),
                ("value_code", models.CharField(blank=True, max_length=20, verbose_name="code")),
                ("value_yuan", models.BigIntegerField(blank=True, null=True, verbose_name="amount in yuan")),
                (
                    "value_number",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="number"
                    ),
                ),
                ("value_date_earliest", models.DateField(editable=False, null=True)),
                ("value_date_latest", models.DateField(editable=False, null=True)),
                (
                    "value_date",
                    projects.models.fields.FuzzyDateField(blank=True, max_length=40, verbose_name="date"),
                ),
                ("value_text", models.CharField(blank=True, max_length=500, verbose_name="words")),
                ("unit", models.CharField(blank=True, max_length=30, verbose_name="unit")),
                ("decimals", models.PositiveSmallIntegerField(default=0, verbose_name="decimals as printed")),
                (
                    "qualifier",
                    models.CharField(
                        blank=True,
                        choices=projects.choices.Qualifier.as_choices,
                        max_length=10,
                        verbose_name="qualifier",
                    ),
                ),
                (
                    "printed_as",
                    models.CharField(
                        blank=True,
                        help_text="How the figure stands in its sentence, where that is not in these digits: 翻一番.",
                        max_length=40,
                        verbose_name="printed as",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=projects.choices.Method.as_choices,
                        help_text="By which book it is counted.",
                        max_length=10,
                        verbose_name="method",
                    ),
                ),
                ("as_of_earliest", models.DateField(editable=False)),
                ("as_of_latest", models.DateField(editable=False)),
                ("as_of", projects.models.fields.FuzzyDateField(max_length=40, verbose_name="as of")),
                ("known_on", models.DateField(verbose_name="known on")),
                (
                    "paragraph",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="paragraph"),
                ),
                (
                    "sentence",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="sentence"),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=projects.choices.Basis.as_choices,
                        default="stated",
                        max_length=10,
                        verbose_name="basis",
                    ),
                ),
                (
                    "note",
                    models.TextField(blank=True, help_text="Public, in our own words.", verbose_name="note"),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=projects.choices.Origin.as_choices,
                        default="editor",
                        editable=False,
                        max_length=10,
                        verbose_name="origin",
                    ),
                ),
                ("entered_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("approved_at", models.DateTimeField(editable=False, null=True, verbose_name="approved at")),
                ("refused_at", models.DateTimeField(editable=False, null=True, verbose_name="refused at")),
                (
                    "refused_why",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="why refused"),
                ),
                (
                    "topic",
                    models.CharField(
                        choices=projects.choices.Topic.as_choices, max_length=20, verbose_name="topic"
                    ),
                ),
                ("measure", models.CharField(blank=True, max_length=80, verbose_name="measure")),
                (
                    "scope",
                    models.CharField(
                        blank=True, help_text="Empty for the whole.", max_length=60, verbose_name="scope"
                    ),
                ),
                ("period", models.CharField(blank=True, max_length=40, verbose_name="period")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss_approved",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="projects.claim",
                        verbose_name="corrects",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss_entered",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "refused_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss_refused",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="refused by",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "claim",
                "verbose_name_plural": "claims",
                "ordering": ["ref"],
                "abstract": False,
                "indexes": [
                    models.Index(fields=["project", "known_on"], name="claim_project_known"),
                    models.Index(fields=["-known_on", "-as_of_latest", "ref"], name="claim_news"),
                    models.Index(fields=["as_of_latest", "ref"], name="claim_true"),
                    models.Index(fields=["-entered_at", "-ref"], name="claim_entered"),
                    models.Index(
                        condition=models.Q(("approved_at", None), ("refused_at", None)),
                        fields=["project", "entered_by"],
                        name="claim_waiting",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("as_of_earliest__lte", models.F("as_of_latest")),
                            ("as_of_latest__lte", models.F("known_on")),
                        ),
                        name="claim_as_of_before_known_on",
                        violation_error_message="The as-of date must end no later than the day it became known.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("value_date", ""), ("value_date_earliest", None), ("value_date_latest", None)
                            ),
                            models.Q(
                                models.Q(("value_date", ""), _negated=True),
                                ("value_date_earliest__isnull", False),
                                ("value_date_latest__isnull", False),
                                ("value_date_earliest__lte", models.F("value_date_latest")),
                            ),
                            _connector="OR",
                        ),
                        name="claim_value_date_bounds",
                        violation_error_message="The date cannot be read.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("value_number", None), ("value_yuan", None)),
                            models.Q(("unit__in", ["yuan", "wan", "yi"]), ("value_yuan__isnull", False)),
                            models.Q(("value_number__isnull", False), models.Q(("unit", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="claim_figure_has_unit",
                        violation_error_message="Give the unit of the figure.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("qualifier", ""),
                            models.Q(
                                ("qualifier__in", ["expected", "about", "nearly", "over"]),
                                models.Q(
                                    ("value_yuan__isnull", False),
                                    ("value_number__isnull", False),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                ("basis", "inferred"), ("qualifier", "nearly"), ("value_code", "completed")
                            ),
                            models.Q(("qualifier", "expected"), models.Q(("value_date", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="claim_qualifier_fits_value",
                        violation_error_message="A figure takes a qualifier, a promised date “expected”, and “completed” the word “nearly”; nothing else does.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ["", "platform", "statistics", "payment"])),
                        name="claim_method_known",
                        violation_error_message="Choose one of the methods, or none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("basis__in", ["stated", "inferred"]),
                            ("origin__in", ["fixture", "editor", "report", "import"]),
                        ),
                        name="claim_basis_origin_known",
                        violation_error_message="Choose stated or inferred.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("approved_at", None), ("refused_at", None), _connector="OR"),
                        name="claim_approved_not_refused",
                        violation_error_message="What is approved cannot be refused.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("approved_at__isnull", False), ("corrects__isnull", False)),
                        fields=("corrects",),
                        name="claim_corrected_once",
                        violation_error_message="This has been corrected already: correct the correction.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("corrects__isnull", False),
                                ("value_code", ""),
                                ("value_date", ""),
                                ("value_number", None),
                                ("value_text", ""),
                                ("value_yuan", None),
                            ),
                            models.Q(
                                ("topic__in", ["stage", "condition"]),
                                ("value_date", ""),
                                ("value_number", None),
                                ("value_text", ""),
                                ("value_yuan", None),
                                models.Q(("value_code", ""), _negated=True),
                            ),
                            models.Q(
                                (
                                    "topic__in",
                                    [
                                        "total_investment",
                                        "agreed_investment",
                                        "invested_to_date",
                                        "invested_in_period",
                                        "annual_plan",
                                        "funds",
                                    ],
                                ),
                                ("value_code", ""),
                                ("value_date", ""),
                                ("value_number", None),
                                ("value_text", ""),
                                models.Q(("value_yuan", None), _negated=True),
                            ),
                            models.Q(
                                ("topic__in", ["capacity", "progress"]),
                                ("value_code", ""),
                                ("value_date", ""),
                                ("value_text", ""),
                                ("value_yuan", None),
                                models.Q(("value_number", None), _negated=True),
                            ),
                            models.Q(
                                ("topic__in", ["promised", "actual"]),
                                ("value_code", ""),
                                ("value_number", None),
                                ("value_text", ""),
                                ("value_yuan", None),
                                models.Q(("value_date", ""), _negated=True),
                            ),
                            models.Q(
                                ("topic__in", ["works"]),
                                ("value_code", ""),
                                ("value_date", ""),
                                ("value_number", None),
                                ("value_yuan", None),
                                models.Q(("value_text", ""), _negated=True),
                            ),
                            models.Q(
                                ("topic", "promised"),
                                ("value_code", "tbd"),
                                ("value_date", ""),
                                ("value_number", None),
                                ("value_text", ""),
                                ("value_yuan", None),
                                models.Q(("value_code", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="claim_value_fits_topic",
                        violation_error_message="Give the one value that this topic takes, or withdraw a claim.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "topic__in",
                                [
                                    "stage",
                                    "condition",
                                    "total_investment",
                                    "agreed_investment",
                                    "invested_to_date",
                                    "invested_in_period",
                                    "annual_plan",
                                    "funds",
                                    "capacity",
                                    "progress",
                                    "promised",
                                    "actual",
                                    "works",
                                ],
                            )
                        ),
                        name="claim_topic_known",
                        violation_error_message="Choose one of the topics.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("printed_as", ""),
                            ("value_yuan__isnull", False),
                            ("value_number__isnull", False),
                            _connector="OR",
                        ),
                        name="claim_printed_as_has_figure",
                        violation_error_message="Only a figure can be printed otherwise than in our digits.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value_code", ""),
                            models.Q(
                                ("topic", "stage"),
                                (
                                    "value_code__in",
                                    ["planned", "signed", "preparing", "building", "completed", "operating"],
                                ),
                            ),
                            models.Q(
                                ("topic", "condition"),
                                ("value_code__in", ["active", "paused", "deferred", "cancelled"]),
                            ),
                            models.Q(("topic", "promised"), ("value_code", "tbd")),
                            _connector="OR",
                        ),
                        name="claim_value_code_known",
                        violation_error_message="Choose one of the stages or conditions.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("topic", "actual"), _negated=True), ("qualifier", ""), _connector="OR"
                        ),
                        name="claim_actual_unqualified",
                        violation_error_message="What has happened is not expected: leave the qualifier empty.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("method", ""),
                            ("topic__in", ("invested_to_date", "invested_in_period", "funds")),
                            _connector="OR",
                        ),
                        name="claim_method_fits_topic",
                        violation_error_message="Only what has been invested and funds have a method.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("topic__in", ["promised", "actual"]), _negated=True),
                            (
                                "measure__in",
                                [
                                    "signed",
                                    "approved",
                                    "started",
                                    "structure",
                                    "completed",
                                    "operating",
                                    "full_capacity",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="claim_date_has_milestone",
                        violation_error_message="Choose the milestone.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("topic", "capacity"), _negated=True),
                            models.Q(("measure", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="claim_capacity_has_measure",
                        violation_error_message="Say what the capacity measures.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DataVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveBigIntegerField(default=0)),
                ("changed_at", models.DateTimeField(null=True)),
                ("fixtures_digest", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)),
                        name="dataversion_one_row",
                        violation_error_message="There is one data version.",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=250, unique=True)),
                ("channel", models.CharField(choices=projects.choices.Channel.as_choices, max_length=10)),
                ("body", models.JSONField(default=dict, help_text="What the webhook is told.")),
                ("made_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("try_after", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("error", models.CharField(blank=True, max_length=120)),
                (
                    "recipient",
                    models.ForeignKey(
                        help_text="Of a letter; its text is made from its notices.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("channel", "email"), ("recipient__isnull", False)),
                            models.Q(("channel", "webhook"), ("recipient", None)),
                            _connector="OR",
                        ),
                        name="delivery_channel_has_recipient",
                        violation_error_message="A delivery goes by mail to somebody or to the webhook.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sent_at", None), ("attempts__gt", 0), _connector="OR"),
                        name="delivery_tried_before_sent",
                        violation_error_message="A delivery was tried before it was sent.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="project",
            name="department",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="projects",
                to="projects.department",
                verbose_name="lead department",
            ),
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("code", models.SlugField(max_length=80, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="English name")),
                (
                    "group",
                    models.CharField(
                        choices=projects.choices.IndicatorGroup.as_choices,
                        max_length=20,
                        verbose_name="group",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "indicator",
                "verbose_name_plural": "indicators",
                "ordering": ["group", "position", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "group__in",
                                [
                                    "projects",
                                    "industry",
                                    "enterprises",
                                    "innovation",
                                    "trade_logistics",
                                    "transport",
                                    "digital",
                                    "energy_water",
                                    "services",
                                    "city",
                                    "tourism",
                                    "countryside",
                                ],
                            )
                        ),
                        name="indicator_group_known",
                        violation_error_message="Choose one of the groups.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=200, verbose_name="address")),
                ("fields", models.JSONField(verbose_name="what was typed")),
                ("kept_at", models.DateTimeField(db_index=True, verbose_name="kept at")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kept_texts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "kept text",
                "verbose_name_plural": "kept texts",
                "ordering": ["-kept_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "path"),
                        name="kepttext_path_once",
                        violation_error_message="Something is kept for this address already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=250, unique=True)),
                ("kind", models.CharField(choices=projects.choices.NoticeKind.as_choices, max_length=20)),
                ("role", models.CharField(choices=projects.choices.Role.as_choices, max_length=10)),
                ("projects", models.JSONField(default=list, help_text="Their codes.")),
                ("values", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "department",
                    models.ForeignKey(
                        help_text="The unit for which somebody reports; none for reviewers.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="projects.department",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="projects.delivery",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "round_opened",
                                    "round_closing",
                                    "round_closed",
                                    "no_unit",
                                    "report_returned",
                                    "reports_waiting",
                                    "pause_renewal",
                                    "promise_near",
                                    "promise_passed",
                                    "problem_assigned",
                                    "problem_due",
                                    "problem_overdue",
                                ],
                            )
                        ),
                        name="notice_kind_known",
                        violation_error_message="A notice is of a known kind.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("department__isnull", False), ("role", "Reporter")),
                            models.Q(("department", None), ("role", "Reviewer")),
                            _connector="OR",
                        ),
                        name="notice_role_has_department",
                        violation_error_message="A notice goes to the reporters of a unit or to reviewers.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OldSlug",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="old address")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="old_slugs",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "old address",
                "verbose_name_plural": "old addresses",
                "ordering": ["slug"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("code", models.SlugField(max_length=60, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=150, unique=True, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=250, verbose_name="English name")),
                ("aliases", models.JSONField(blank=True, default=list, verbose_name="other names")),
                (
                    "credit_code",
                    models.CharField(
                        blank=True,
                        max_length=18,
                        validators=[projects.models.validators.check_credit_code],
                        verbose_name="unified social credit code",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": ["code"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("credit_code", ""), _negated=True),
                        fields=("credit_code",),
                        name="organisation_credit_code_once",
                        violation_error_message="Another organisation has this credit code.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="project",
            name="own_place",
            field=models.ForeignKey(
                blank=True,
                help_text="Of a park or a new town: the place by whose name other projects are said to lie there.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="own_records",
                to="projects.place",
                verbose_name="is itself the place",
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="place",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="projects",
                to="projects.place",
                verbose_name="place",
            ),
        ),
        migrations.CreateModel(
            name="PortfolioTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=20)),
                ("choice", models.CharField(blank=True, max_length=80)),
                ("is_counted", models.BooleanField(default=False)),
                ("day", models.DateField(default=datetime.date(1, 1, 1))),
                ("n", models.IntegerField(default=0)),
                ("yuan", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("what", "choice", "is_counted", "day"),
                        name="portfoliotally_once",
                        violation_error_message="A thing is tallied once.",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Problem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="what stands in the way")),
                ("due_on", models.DateField(verbose_name="to be solved by")),
                ("raised_on", models.DateField(editable=False, verbose_name="raised on")),
                ("closed_at", models.DateTimeField(editable=False, null=True, verbose_name="closed at")),
                (
                    "closing_word",
                    models.CharField(
                        blank=True, editable=False, max_length=500, verbose_name="closed with the word"
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="problems_closed",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="closed by",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="problems",
                        to="projects.department",
                        verbose_name="responsible unit",
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="problems_raised",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="raised by",
                    ),
                ),
            ],
            options={
                "verbose_name": "problem",
                "verbose_name_plural": "problems",
                "ordering": ["due_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["due_on", "id"], name="problem_open"
                    ),
                    models.Index(fields=["closed_at", "id"], name="problem_closed"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("raised_on"))),
                        name="problem_due_after_raised",
                        violation_error_message="The day lies before the problem was raised: give a later one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("closed_by", None), ("closing_word", "")),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                                models.Q(("closing_word", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="problem_closed_by_set",
                        violation_error_message="A problem is closed by somebody, with a word.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProblemReply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="reply")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="problem_replies",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="projects.problem",
                        verbose_name="problem",
                    ),
                ),
            ],
            options={"verbose_name": "reply", "verbose_name_plural": "replies", "ordering": ["pk"]},
        ),
        migrations.CreateModel(
            name="ProjectEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=10)),
                ("day", models.DateField()),
                ("known_on", models.DateField()),
                ("known_until", models.DateField(default=datetime.date(9999, 12, 31))),
                ("milestone", models.CharField(blank=True, max_length=20)),
                (
                    "is_counted",
                    models.BooleanField(
                        default=False, help_text="The headline would, if it were not cancelled."
                    ),
                ),
                ("is_news", models.BooleanField(default=False, help_text="Of a kind that news tell of.")),
                (
                    "claim",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.claim",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="projects.project",
                    ),
                ),
                (
                    "was",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.claim",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["what", "day", "id", "known_on", "known_until", "is_counted"],
                        name="event_day",
                    ),
                    models.Index(
                        condition=models.Q(("is_news", True)),
                        fields=["known_on", "day", "id"],
                        name="event_news",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("known_on__lt", models.F("known_until"))),
                        name="projectevent_has_inside",
                        violation_error_message="A day comes before it is over.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectMilestone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("milestone", models.CharField(max_length=20)),
                ("scope", models.CharField(blank=True, max_length=60)),
                ("name", models.CharField(help_text="Of the project, to sort by.", max_length=100)),
                ("first_earliest", models.DateField(null=True)),
                ("first_latest", models.DateField(null=True)),
                ("promised_earliest", models.DateField(null=True)),
                ("promised_latest", models.DateField(null=True)),
                ("promised_state", models.CharField(blank=True, max_length=10)),
                ("actual_earliest", models.DateField(null=True)),
                ("actual_latest", models.DateField(null=True)),
                (
                    "to_come_on",
                    models.DateField(help_text="The last day of what holds and has not come.", null=True),
                ),
                (
                    "verdict_until",
                    models.CharField(blank=True, help_text="Until the first promise is due.", max_length=10),
                ),
                ("verdict_after", models.CharField(blank=True, max_length=10)),
                ("slip_order", models.IntegerField(null=True)),
                (
                    "told",
                    models.JSONField(
                        help_text="The facts, with the claims that say them (`models.standing`)."
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="milestones",
                        to="projects.project",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["first_latest", "id"], name="milestone_due"),
                    models.Index(fields=["slip_order", "id"], name="milestone_slip"),
                    models.Index(
                        condition=models.Q(("first_latest__isnull", False)),
                        fields=["name", "id"],
                        name="milestone_name",
                    ),
                    models.Index(fields=["verdict_until", "first_latest", "id"], name="milestone_until"),
                    models.Index(fields=["verdict_after", "first_latest", "id"], name="milestone_after"),
                    models.Index(fields=["to_come_on", "id"], name="milestone_to_come"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "milestone", "scope"),
                        name="projectmilestone_once",
                        violation_error_message="A project has a milestone of a scope once.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "state",
                    models.CharField(
                        choices=projects.choices.ReportState.as_choices,
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "is_late",
                    models.BooleanField(default=False, editable=False, verbose_name="handed in late"),
                ),
                ("is_unchanged", models.BooleanField(default=False, verbose_name="nothing changed")),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=projects.choices.Stage.as_choices,
                        max_length=20,
                        verbose_name="stage",
                    ),
                ),
                (
                    "condition",
                    models.CharField(
                        blank=True,
                        choices=projects.choices.Condition.as_choices,
                        max_length=20,
                        verbose_name="condition",
                    ),
                ),
                (
                    "this_year_yuan",
                    models.BigIntegerField(blank=True, null=True, verbose_name="invested this year"),
                ),
                (
                    "this_year_unit",
                    models.CharField(
                        blank=True,
                        choices=projects.choices.Unit.as_choices,
                        max_length=4,
                        verbose_name="unit",
                    ),
                ),
                (
                    "this_year_decimals",
                    models.PositiveSmallIntegerField(default=0, verbose_name="decimals as typed"),
                ),
                (
                    "to_date_yuan",
                    models.BigIntegerField(blank=True, null=True, verbose_name="invested to date"),
                ),
                (
                    "to_date_unit",
                    models.CharField(
                        blank=True,
                        choices=projects.choices.Unit.as_choices,
                        max_length=4,
                        verbose_name="unit",
                    ),
                ),
                (
                    "to_date_decimals",
                    models.PositiveSmallIntegerField(default=0, verbose_name="decimals as typed"),
                ),
                (
                    "progress",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="physical progress",
                    ),
                ),
                ("works", models.CharField(blank=True, max_length=500, verbose_name="works")),
                ("next_steps", models.CharField(blank=True, max_length=500, verbose_name="next steps")),
                (
                    "pause_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="why work has stopped"),
                ),
                ("pause_resumes_earliest", models.DateField(editable=False, null=True)),
                ("pause_resumes_latest", models.DateField(editable=False, null=True)),
                (
                    "pause_resumes",
                    projects.models.fields.FuzzyDateField(
                        blank=True, max_length=40, verbose_name="expected to go on"
                    ),
                ),
                (
                    "pause_note",
                    models.CharField(blank=True, max_length=500, verbose_name="note on the pause"),
                ),
                (
                    "confirmed",
                    models.JSONField(blank=True, default=dict, verbose_name="confirmed with a reason"),
                ),
                ("entered_at", models.DateTimeField(editable=False, null=True, verbose_name="entered at")),
                ("saved_at", models.DateTimeField(editable=False, null=True, verbose_name="saved at")),
                (
                    "submitted_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="submitted at"),
                ),
                ("returned_at", models.DateTimeField(editable=False, null=True, verbose_name="returned at")),
                (
                    "return_note",
                    models.CharField(blank=True, max_length=500, verbose_name="what is to be changed"),
                ),
                ("approved_at", models.DateTimeField(editable=False, null=True, verbose_name="approved at")),
                (
                    "approved_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports_approved",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="projects.department",
                        verbose_name="reporting unit",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports_entered",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports_returned",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="returned by",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports_saved",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="saved by",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports_submitted",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="submitted by",
                    ),
                ),
            ],
            options={
                "verbose_name": "monthly report",
                "verbose_name_plural": "monthly reports",
                "ordering": ["-round__month_earliest", "project"],
                "indexes": [models.Index(fields=["state", "submitted_at", "id"], name="report_queue")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "submitted", "returned", "approved"])),
                        name="report_state_known",
                        violation_error_message="Choose one of the states.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("condition__in", ["", "active", "paused", "deferred", "cancelled"]),
                            (
                                "stage__in",
                                ["", "planned", "signed", "preparing", "building", "completed", "operating"],
                            ),
                        ),
                        name="report_stage_condition_known",
                        violation_error_message="Choose one of the stages or conditions.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("this_year_unit", ""), ("this_year_yuan", None)),
                                models.Q(
                                    ("this_year_unit__in", ["yuan", "wan", "yi"]),
                                    ("this_year_yuan__gte", 0),
                                    ("this_year_yuan__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                models.Q(("to_date_unit", ""), ("to_date_yuan", None)),
                                models.Q(
                                    ("to_date_unit__in", ["yuan", "wan", "yi"]),
                                    ("to_date_yuan__gte", 0),
                                    ("to_date_yuan__isnull", False),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="report_amount_has_unit",
                        violation_error_message="Give the amount, 0 or more, with its unit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("progress", None),
                            models.Q(("progress__gte", 0), ("progress__lte", 100)),
                            _connector="OR",
                        ),
                        name="report_progress_percentage",
                        violation_error_message="Progress lies between 0 and 100%%.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("pause_resumes", ""),
                                ("pause_resumes_earliest", None),
                                ("pause_resumes_latest", None),
                            ),
                            models.Q(
                                models.Q(("pause_resumes", ""), _negated=True),
                                ("pause_resumes_earliest__isnull", False),
                                ("pause_resumes_latest__isnull", False),
                                ("pause_resumes_earliest__lte", models.F("pause_resumes_latest")),
                            ),
                            _connector="OR",
                        ),
                        name="report_pause_resumes_bounds",
                        violation_error_message="The date cannot be read.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "draft"), ("submitted_at", None), ("submitted_by", None)),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("submitted_at__isnull", False),
                                ("submitted_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="report_submitted_by_set",
                        violation_error_message="A report that is no draft was submitted by somebody.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(
                                ("returned_at__isnull", False),
                                ("returned_by__isnull", False),
                                models.Q(("return_note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="report_return_note_set",
                        violation_error_message="Say in a note what is to be changed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(
                                models.Q(("approved_by", models.F("submitted_by")), _negated=True),
                                models.Q(("approved_by", models.F("entered_by")), _negated=True),
                                models.Q(("approved_by", models.F("saved_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="report_approved_by_another",
                        violation_error_message="Nobody reviews a report of his or her own: a second reviewer does.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="problem",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="problems",
                to="projects.report",
                verbose_name="monthly report",
            ),
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveBigIntegerField(unique=True, verbose_name="number")),
                ("at", models.DateTimeField(verbose_name="at")),
                ("action", models.CharField(max_length=60, verbose_name="action")),
                (
                    "subject",
                    models.CharField(
                        help_text="The key of what it was done to.", max_length=120, verbose_name="subject"
                    ),
                ),
                (
                    "reach",
                    models.CharField(
                        choices=projects.choices.AuditReach.as_choices,
                        max_length=20,
                        verbose_name="who reaches it",
                    ),
                ),
                ("before", models.JSONField(null=True, verbose_name="before")),
                ("after", models.JSONField(null=True, verbose_name="after")),
                ("previous_hash", models.CharField(max_length=64, verbose_name="hash of the entry before")),
                ("hash", models.CharField(max_length=64, unique=True, verbose_name="hash")),
                (
                    "by",
                    models.ForeignKey(
                        help_text="Empty where a command acted.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audit_entries",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        help_text="The one that it tells of, or to which a problem or an attachment belongs.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audit_entries",
                        to="projects.report",
                        verbose_name="monthly report",
                    ),
                ),
            ],
            options={
                "verbose_name": "audit entry",
                "verbose_name_plural": "audit entries",
                "ordering": ["-number"],
                "indexes": [
                    models.Index(fields=["reach", "number"], name="audit_reach"),
                    models.Index(fields=["subject", "number"], name="audit_subject"),
                    models.Index(fields=["at"], name="audit_at"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reach__in", ["records", "rounds", "report", "administrators"])),
                        name="auditentry_reach_known",
                        violation_error_message="Say who reaches the entry.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reach", "report"), ("report__isnull", False)),
                            models.Q(models.Q(("reach", "report"), _negated=True), ("report", None)),
                            _connector="OR",
                        ),
                        name="auditentry_report_named",
                        violation_error_message="An entry about a report names it, and no other does.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=projects.choices.AttachmentKind.as_choices, max_length=5, verbose_name="kind"
                    ),
                ),
                ("name", models.CharField(editable=False, max_length=40, unique=True, verbose_name="file")),
                ("caption", models.CharField(blank=True, max_length=120, verbose_name="what it shows")),
                ("width", models.PositiveIntegerField(editable=False, null=True, verbose_name="width")),
                ("height", models.PositiveIntegerField(editable=False, null=True, verbose_name="height")),
                ("size", models.PositiveIntegerField(editable=False, verbose_name="bytes")),
                ("sha256", models.CharField(editable=False, max_length=64, verbose_name="SHA-256")),
                ("taken_on", models.DateField(editable=False, null=True, verbose_name="taken on")),
                ("added_at", models.DateTimeField(editable=False, verbose_name="added at")),
                ("is_final", models.BooleanField(default=False, editable=False, verbose_name="approved")),
                (
                    "added_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments_added",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="projects.report",
                        verbose_name="monthly report",
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "sha256"),
                        name="attachment_file_once",
                        violation_error_message="This file is attached already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("height__gt", 0),
                                ("height__isnull", False),
                                ("width__gt", 0),
                                ("width__isnull", False),
                                ("kind", "photo"),
                                ("name__endswith", ".jpg"),
                            ),
                            models.Q(
                                ("height", None),
                                ("kind", "paper"),
                                ("name__endswith", ".pdf"),
                                ("taken_on", None),
                                ("width", None),
                            ),
                            _connector="OR",
                        ),
                        name="attachment_kind_fits_file",
                        violation_error_message="An attachment is a photo with width and height, or a PDF.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0), models.Q(("sha256", ""), _negated=True)),
                        name="attachment_file_not_empty",
                        violation_error_message="The file is empty.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportDate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "milestone",
                    models.CharField(
                        choices=projects.choices.Milestone.as_choices, max_length=20, verbose_name="milestone"
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        blank=True, help_text="Empty for the whole.", max_length=60, verbose_name="scope"
                    ),
                ),
                ("date_earliest", models.DateField(editable=False)),
                ("date_latest", models.DateField(editable=False)),
                ("date", projects.models.fields.FuzzyDateField(max_length=40, verbose_name="promised date")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=projects.choices.MoveReason.as_choices,
                        max_length=20,
                        verbose_name="why it moved",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="in words")),
                ("is_final", models.BooleanField(default=False, editable=False, verbose_name="approved")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dates",
                        to="projects.report",
                        verbose_name="monthly report",
                    ),
                ),
            ],
            options={
                "verbose_name": "promised date",
                "verbose_name_plural": "promised dates",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "milestone", "scope"),
                        name="reportdate_milestone_once",
                        violation_error_message="This milestone has its date already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "milestone__in",
                                [
                                    "signed",
                                    "approved",
                                    "started",
                                    "structure",
                                    "completed",
                                    "operating",
                                    "full_capacity",
                                ],
                            )
                        ),
                        name="reportdate_milestone_known",
                        violation_error_message="Choose the milestone.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                [
                                    "",
                                    "land",
                                    "approval",
                                    "funding",
                                    "relocation",
                                    "design",
                                    "market",
                                    "weather",
                                    "construction",
                                    "other",
                                ],
                            )
                        ),
                        name="reportdate_reason_known",
                        violation_error_message="Choose one of the reasons, or none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("date_earliest__lte", models.F("date_latest")),
                            models.Q(("date", ""), _negated=True),
                        ),
                        name="reportdate_date_bounds",
                        violation_error_message="The date cannot be read.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportWriter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="writers",
                        to="projects.report",
                        verbose_name="monthly report",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="writer",
                    ),
                ),
            ],
            options={
                "verbose_name": "writer of a report",
                "verbose_name_plural": "writers of reports",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "user"),
                        name="reportwriter_user_once",
                        violation_error_message="This person is a writer of the report already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month_earliest", models.DateField(editable=False)),
                ("month_latest", models.DateField(editable=False)),
                (
                    "month",
                    projects.models.fields.FuzzyDateField(
                        max_length=7, validators=[projects.models.round.check_month], verbose_name="month"
                    ),
                ),
                ("opens_on", models.DateField(verbose_name="opens on")),
                ("closes_on", models.DateField(verbose_name="closes on")),
                ("opened_at", models.DateTimeField(editable=False, verbose_name="opened at")),
                ("closed_at", models.DateTimeField(editable=False, null=True, verbose_name="closed at")),
                (
                    "called_off_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="called off at"),
                ),
                (
                    "called_off_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds_called_off",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="called off by",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        editable=False,
                        help_text="Empty where a command acted.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds_closed",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="closed by",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        editable=False,
                        help_text="Empty where a command acted.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds_opened",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="opened by",
                    ),
                ),
            ],
            options={
                "verbose_name": "round",
                "verbose_name_plural": "rounds",
                "ordering": ["-month_earliest"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("month_earliest",),
                        name="round_month_once",
                        violation_error_message="There is a round for this month already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("month_earliest__lt", models.F("month_latest")),
                            ("month_earliest__lte", models.F("opens_on")),
                            ("opens_on__lt", models.F("closes_on")),
                        ),
                        name="round_days_in_order",
                        violation_error_message="A round opens within its month or later, and closes after that.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("closed_by", None)),
                            models.Q(("closed_at__gte", models.F("opened_at")), ("closed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="round_closed_after_opened",
                        violation_error_message="A round is closed after it was opened.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("called_off_at", None), ("called_off_by", None)),
                            models.Q(
                                ("called_off_at__isnull", False),
                                ("called_off_by__isnull", False),
                                ("closed_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="round_closed_or_called_off",
                        violation_error_message="A round is closed, or called off by somebody.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="report",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reports",
                to="projects.round",
                verbose_name="round",
            ),
        ),
        migrations.CreateModel(
            name="RoundLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        blank=True, choices=projects.choices.ReportState.as_choices, max_length=10
                    ),
                ),
                ("is_late", models.BooleanField(default=False)),
                ("submitted_on", models.DateField(null=True)),
                (
                    "department",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="round_lines",
                        to="projects.department",
                        verbose_name="responsible unit",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="round_lines",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="projects.round",
                        verbose_name="round",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a closed round",
                "verbose_name_plural": "lines of closed rounds",
                "indexes": [
                    models.Index(fields=["round", "department", "state", "is_late"], name="roundline_unit")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "project"),
                        name="roundline_once",
                        violation_error_message="A closed round has one line a project.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["", "draft", "submitted", "returned", "approved"])),
                        name="roundline_state_known",
                        violation_error_message="A report is in a known state, or not begun.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignedInSession",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={"verbose_name": "session", "verbose_name_plural": "sessions", "abstract": False},
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("code", models.SlugField(max_length=60, unique=True, verbose_name="code")),
                (
                    "kind",
                    models.CharField(
                        choices=projects.choices.SourceKind.as_choices, max_length=20, verbose_name="kind"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("title_en", models.CharField(blank=True, max_length=300, verbose_name="English title")),
                (
                    "headline",
                    models.CharField(
                        blank=True,
                        help_text="The document's own title, as printed.",
                        max_length=300,
                        verbose_name="headline",
                    ),
                ),
                (
                    "publisher",
                    models.CharField(
                        blank=True,
                        help_text="Empty where the document names none.",
                        max_length=100,
                        verbose_name="publisher",
                    ),
                ),
                (
                    "publisher_en",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="English name of the publisher"
                    ),
                ),
                ("published_earliest", models.DateField(editable=False)),
                ("published_latest", models.DateField(editable=False)),
                (
                    "published",
                    projects.models.fields.FuzzyDateField(
                        help_text="For example 2024-10 or 2024-09/2024-12.",
                        max_length=40,
                        verbose_name="published",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="How the date was found, what is missing.", verbose_name="note"
                    ),
                ),
                ("note_en", models.TextField(blank=True, verbose_name="English note")),
                ("is_public", models.BooleanField(default=True, verbose_name="public")),
                (
                    "may_be_quoted",
                    models.BooleanField(
                        default=False,
                        help_text="Where its text is kept, every footnote shows the sentence that it stands for.",
                        verbose_name="may be quoted",
                    ),
                ),
                (
                    "file_kind",
                    models.CharField(
                        blank=True,
                        choices=projects.choices.FileKind.as_choices,
                        editable=False,
                        max_length=5,
                        verbose_name="kept as",
                    ),
                ),
                (
                    "sha256",
                    models.CharField(
                        blank=True, editable=False, max_length=64, verbose_name="SHA-256 of the file"
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ["published_latest", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["report", "notice", "reply", "newspaper", "import"])
                        ),
                        name="source_kind_known",
                        violation_error_message="Choose one of the kinds of source.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file_kind", ""), ("sha256", "")),
                            models.Q(
                                ("file_kind__in", ["text", "pdf", "scan"]),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="source_file_kind_has_digest",
                        violation_error_message="A file that is kept has its kind and its SHA-256.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="report",
            name="source",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="report",
                to="projects.source",
            ),
        ),
        migrations.AddField(
            model_name="place",
            name="point_source",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="points",
                to="projects.source",
                verbose_name="source of the point",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="projects.source",
                verbose_name="source",
            ),
        ),
        migrations.CreateModel(
            name="SourceSection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("number", models.CharField(max_length=10, verbose_name="number")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("title_en", models.CharField(blank=True, max_length=300, verbose_name="English title")),
                ("paragraphs", models.PositiveSmallIntegerField(verbose_name="number of paragraphs")),
                (
                    "lines",
                    models.CharField(
                        blank=True,
                        help_text="Which lines of the document's text make each paragraph, for example 11; 13,15; 17.",
                        max_length=2000,
                        validators=[projects.models.validators.check_lines],
                        verbose_name="lines",
                    ),
                ),
                (
                    "gap",
                    models.CharField(
                        blank=True,
                        help_text="What is missing or damaged.",
                        max_length=300,
                        verbose_name="gap",
                    ),
                ),
                (
                    "gap_en",
                    models.CharField(blank=True, max_length=300, verbose_name="English words on the gap"),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="projects.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "section",
                "verbose_name_plural": "outline",
                "ordering": ["source", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "number"),
                        name="sourcesection_number_once",
                        violation_error_message="Another section of this source has this number.",
                    ),
                    models.UniqueConstraint(
                        fields=("source", "position"),
                        name="sourcesection_position_once",
                        violation_error_message="Another section of this source has this position.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectParty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "paragraph",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="paragraph"),
                ),
                (
                    "sentence",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="sentence"),
                ),
                ("known_on", models.DateField(blank=True, null=True, verbose_name="known on")),
                (
                    "role",
                    models.CharField(
                        choices=projects.choices.PartyRole.as_choices, max_length=20, verbose_name="role"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parties",
                        to="projects.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.sourcesection",
                        verbose_name="section",
                    ),
                ),
            ],
            options={
                "verbose_name": "party",
                "verbose_name_plural": "parties",
                "ordering": ["project", "role", "organisation"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "organisation", "role"),
                        name="projectparty_role_once",
                        violation_error_message="This organisation has this role in the project already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["owner", "investor", "builder", "operator", "agency"])
                        ),
                        name="projectparty_role_known",
                        violation_error_message="Choose one of the roles.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="claim",
            name="section",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="projects.sourcesection",
                verbose_name="section",
            ),
        ),
        migrations.CreateModel(
            name="Alias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "paragraph",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="paragraph"),
                ),
                (
                    "sentence",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="sentence"),
                ),
                ("known_on", models.DateField(blank=True, null=True, verbose_name="known on")),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=projects.choices.AliasKind.as_choices,
                        default="other_name",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="The evidence for a misprint.",
                        max_length=300,
                        verbose_name="note",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.sourcesection",
                        verbose_name="section",
                    ),
                ),
            ],
            options={
                "verbose_name": "alias",
                "verbose_name_plural": "aliases",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["other_name", "short_name", "misprint"])),
                        name="alias_kind_known",
                        violation_error_message="Choose one of the kinds of alias.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_drawn_on", models.BooleanField()),
                ("claims", models.PositiveIntegerField()),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="source_uses",
                        to="projects.project",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uses",
                        to="projects.source",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "project"),
                        name="sourceuse_once",
                        violation_error_message="A project uses a source once.",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asof_from", models.DateField()),
                ("asof_to", models.DateField(help_text="The first day it no longer covers.")),
                ("known_from", models.DateField()),
                ("known_to", models.DateField()),
                (
                    "stage",
                    models.CharField(blank=True, choices=projects.choices.Stage.as_choices, max_length=20),
                ),
                ("stage_order", models.PositiveSmallIntegerField(null=True)),
                (
                    "stage_basis",
                    models.CharField(blank=True, choices=projects.choices.Basis.as_choices, max_length=10),
                ),
                (
                    "stage_qualifier",
                    models.CharField(
                        blank=True, choices=projects.choices.Qualifier.as_choices, max_length=10
                    ),
                ),
                (
                    "stage_since",
                    models.CharField(blank=True, help_text="EDTF: when it was first reached.", max_length=40),
                ),
                (
                    "stage_last_said",
                    models.CharField(blank=True, help_text="EDTF: when it was last said.", max_length=40),
                ),
                ("stage_said_on", models.DateField(help_text="The last day of that.", null=True)),
                ("stage_ref", models.CharField(blank=True, max_length=40)),
                ("is_partly_in_use", models.BooleanField(default=False)),
                (
                    "condition",
                    models.CharField(
                        choices=projects.choices.Condition.as_choices, default="active", max_length=20
                    ),
                ),
                ("total_investment", models.BigIntegerField(null=True)),
                ("agreed_investment", models.BigIntegerField(null=True)),
                ("invested_to_date", models.BigIntegerField(null=True)),
                (
                    "amounts",
                    models.JSONField(
                        default=dict, help_text="By topic: ref, unit, decimals, qualifier, basis."
                    ),
                ),
                ("milestones", models.JSONField(default=list, help_text="Facts that judge each milestone.")),
                (
                    "sources",
                    models.TextField(
                        blank=True, help_text="Codes of the sources, each with a blank on both sides."
                    ),
                ),
                ("last_known_on", models.DateField()),
                (
                    "last_known",
                    models.CharField(help_text="EDTF: the same as its source dates it.", max_length=40),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standings",
                        to="projects.project",
                    ),
                ),
            ],
            options={
                "verbose_name": "standing",
                "verbose_name_plural": "standings",
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("asof_to", datetime.date(9999, 12, 31)),
                            ("known_to", datetime.date(9999, 12, 31)),
                        ),
                        fields=["stage", "project"],
                        name="standing_today_stage",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("asof_to", datetime.date(9999, 12, 31)),
                            ("known_to", datetime.date(9999, 12, 31)),
                        ),
                        fields=["total_investment", "project"],
                        name="standing_today_total",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("asof_to", datetime.date(9999, 12, 31)),
                            ("known_to", datetime.date(9999, 12, 31)),
                        ),
                        fields=["last_known_on", "project"],
                        name="standing_today_news",
                    ),
                    models.Index(fields=["known_from", "asof_from"], name="standing_corner"),
                    models.Index(fields=["asof_from"], name="standing_first"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "asof_from", "known_from"),
                        name="standing_corner_once",
                        violation_error_message="A standing's corner is its own.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asof_from__lt", models.F("asof_to")), ("known_from__lt", models.F("known_to"))
                        ),
                        name="standing_rectangle_has_inside",
                        violation_error_message="A rectangle has an inside.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stage__in",
                                ["", "planned", "signed", "preparing", "building", "completed", "operating"],
                            ),
                            ("stage_basis__in", ["", "stated", "inferred"]),
                            ("stage_qualifier__in", ["", "expected", "about", "nearly", "over"]),
                        ),
                        name="standing_stage_stage_basis_stage_qualifier_known",
                        violation_error_message="A standing is at a known stage or none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("condition__in", ["active", "paused", "deferred", "cancelled"])),
                        name="standing_condition_known",
                        violation_error_message="A standing is in a known condition.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statistic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ref",
                    models.CharField(
                        help_text="Permanent.", max_length=40, unique=True, verbose_name="reference"
                    ),
                ),
                ("value_code", models.CharField(blank=True, max_length=20, verbose_name="code")),
                ("value_yuan", models.BigIntegerField(blank=True, null=True, verbose_name="amount in yuan")),
                (
                    "value_number",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="number"
                    ),
                ),
                ("value_date_earliest", models.DateField(editable=False, null=True)),
                ("value_date_latest", models.DateField(editable=False, null=True)),
                (
                    "value_date",
                    projects.models.fields.FuzzyDateField(blank=True, max_length=40, verbose_name="date"),
                ),
                ("value_text", models.CharField(blank=True, max_length=500, verbose_name="words")),
                ("unit", models.CharField(blank=True, max_length=30, verbose_name="unit")),
                ("decimals", models.PositiveSmallIntegerField(default=0, verbose_name="decimals as printed")),
                (
                    "qualifier",
                    models.CharField(
                        blank=True,
                        choices=projects.choices.Qualifier.as_choices,
                        max_length=10,
                        verbose_name="qualifier",
                    ),
                ),
                (
                    "printed_as",
                    models.CharField(
                        blank=True,
                        help_text="How the figure stands in its sentence, where that is not in these digits: 翻一番.",
                        max_length=40,
                        verbose_name="printed as",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=projects.choices.Method.as_choices,
                        help_text="By which book it is counted.",
                        max_length=10,
                        verbose_name="method",
                    ),
                ),
                ("as_of_earliest", models.DateField(editable=False)),
                ("as_of_latest", models.DateField(editable=False)),
                ("as_of", projects.models.fields.FuzzyDateField(max_length=40, verbose_name="as of")),
                ("known_on", models.DateField(verbose_name="known on")),
                (
                    "paragraph",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="paragraph"),
                ),
                (
                    "sentence",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="sentence"),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=projects.choices.Basis.as_choices,
                        default="stated",
                        max_length=10,
                        verbose_name="basis",
                    ),
                ),
                (
                    "note",
                    models.TextField(blank=True, help_text="Public, in our own words.", verbose_name="note"),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=projects.choices.Origin.as_choices,
                        default="editor",
                        editable=False,
                        max_length=10,
                        verbose_name="origin",
                    ),
                ),
                ("entered_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("approved_at", models.DateTimeField(editable=False, null=True, verbose_name="approved at")),
                ("refused_at", models.DateTimeField(editable=False, null=True, verbose_name="refused at")),
                (
                    "refused_why",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="why refused"),
                ),
                ("period", models.CharField(blank=True, max_length=40, verbose_name="period")),
                ("is_target", models.BooleanField(default=False, verbose_name="target")),
                (
                    "members",
                    projects.models.fields.CodesField(
                        blank=True,
                        default=list,
                        help_text="Codes of the projects that the text names as its parts; never added.",
                        validators=[projects.models.validators.check_members],
                        verbose_name="members",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss_approved",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="projects.statistic",
                        verbose_name="corrects",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss_entered",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "refused_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss_refused",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="refused by",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="projects.sourcesection",
                        verbose_name="section",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="projects.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statistics",
                        to="projects.indicator",
                        verbose_name="subject",
                    ),
                ),
            ],
            options={
                "verbose_name": "statistic",
                "verbose_name_plural": "statistics",
                "ordering": ["ref"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("as_of_earliest__lte", models.F("as_of_latest")),
                            ("as_of_latest__lte", models.F("known_on")),
                        ),
                        name="statistic_as_of_before_known_on",
                        violation_error_message="The as-of date must end no later than the day it became known.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("value_date", ""), ("value_date_earliest", None), ("value_date_latest", None)
                            ),
                            models.Q(
                                models.Q(("value_date", ""), _negated=True),
                                ("value_date_earliest__isnull", False),
                                ("value_date_latest__isnull", False),
                                ("value_date_earliest__lte", models.F("value_date_latest")),
                            ),
                            _connector="OR",
                        ),
                        name="statistic_value_date_bounds",
                        violation_error_message="The date cannot be read.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("value_number", None), ("value_yuan", None)),
                            models.Q(("unit__in", ["yuan", "wan", "yi"]), ("value_yuan__isnull", False)),
                            models.Q(("value_number__isnull", False), models.Q(("unit", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="statistic_figure_has_unit",
                        violation_error_message="Give the unit of the figure.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("qualifier", ""),
                            models.Q(
                                ("qualifier__in", ["expected", "about", "nearly", "over"]),
                                models.Q(
                                    ("value_yuan__isnull", False),
                                    ("value_number__isnull", False),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                ("basis", "inferred"), ("qualifier", "nearly"), ("value_code", "completed")
                            ),
                            models.Q(("qualifier", "expected"), models.Q(("value_date", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="statistic_qualifier_fits_value",
                        violation_error_message="A figure takes a qualifier, a promised date “expected”, and “completed” the word “nearly”; nothing else does.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ["", "platform", "statistics", "payment"])),
                        name="statistic_method_known",
                        violation_error_message="Choose one of the methods, or none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("basis__in", ["stated", "inferred"]),
                            ("origin__in", ["fixture", "editor", "report", "import"]),
                        ),
                        name="statistic_basis_origin_known",
                        violation_error_message="Choose stated or inferred.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("approved_at", None), ("refused_at", None), _connector="OR"),
                        name="statistic_approved_not_refused",
                        violation_error_message="What is approved cannot be refused.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("approved_at__isnull", False), ("corrects__isnull", False)),
                        fields=("corrects",),
                        name="statistic_corrected_once",
                        violation_error_message="This has been corrected already: correct the correction.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("value_code", ""),
                                ("value_date", ""),
                                ("value_number", None),
                                ("value_text", ""),
                                models.Q(("value_yuan", None), _negated=True),
                            ),
                            models.Q(
                                ("value_code", ""),
                                ("value_date", ""),
                                ("value_text", ""),
                                ("value_yuan", None),
                                models.Q(("value_number", None), _negated=True),
                            ),
                            models.Q(
                                ("value_code", ""),
                                ("value_date", ""),
                                ("value_number", None),
                                ("value_yuan", None),
                                models.Q(("value_text", ""), _negated=True),
                            ),
                            models.Q(
                                ("corrects__isnull", False),
                                ("value_code", ""),
                                ("value_date", ""),
                                ("value_number", None),
                                ("value_text", ""),
                                ("value_yuan", None),
                            ),
                            _connector="OR",
                        ),
                        name="statistic_value_one_figure",
                        violation_error_message="Give an amount or a number, or withdraw a statistic.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tip",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=projects.choices.TipKind.as_choices, max_length=20, verbose_name="what it is"
                    ),
                ),
                ("ref", models.CharField(blank=True, max_length=100, verbose_name="claim or figure")),
                ("page", models.CharField(blank=True, max_length=200, verbose_name="page")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("contact", models.CharField(blank=True, max_length=100, verbose_name="contact")),
                ("link", models.CharField(blank=True, max_length=500, verbose_name="link")),
                ("may_be_shown", models.BooleanField(default=False, verbose_name="the answer may be shown")),
                ("is_doubtful", models.BooleanField(default=False, verbose_name="doubtful")),
                ("digest", models.CharField(blank=True, editable=False, max_length=64)),
                ("sender", models.CharField(blank=True, editable=False, max_length=64)),
                ("times", models.PositiveIntegerField(default=1, verbose_name="sent so often")),
                ("received_at", models.DateTimeField(verbose_name="received at")),
                ("due_on", models.DateField(verbose_name="to be answered by")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=projects.choices.TipVerdict.as_choices,
                        max_length=20,
                        verbose_name="verdict",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=1000, verbose_name="answer")),
                ("closed_at", models.DateTimeField(editable=False, null=True, verbose_name="closed at")),
                (
                    "days",
                    models.PositiveIntegerField(
                        editable=False, null=True, verbose_name="days until the answer"
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tips_closed",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="closed by",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tips",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "tip",
                "verbose_name_plural": "tips",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["is_doubtful", "due_on", "id"],
                        name="tip_open",
                    ),
                    models.Index(fields=["closed_at", "id"], name="tip_closed"),
                    models.Index(
                        condition=models.Q(("verdict__in", ("confirmed", "partly", "unfounded"))),
                        fields=["days"],
                        name="tip_days",
                    ),
                    models.Index(
                        condition=models.Q(("sender", ""), _negated=True),
                        fields=["sender"],
                        name="tip_sender",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("contact", ""),
                            ("digest", ""),
                            ("link", ""),
                            ("page", ""),
                            ("sender", ""),
                            ("text", ""),
                            _negated=True,
                        ),
                        fields=["received_at"],
                        name="tip_typed",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["wrong", "news"])),
                        name="tip_kind_known",
                        violation_error_message="Choose what it is from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict__in", ["", "confirmed", "partly", "unfounded", "unrelated"])
                        ),
                        name="tip_verdict_known",
                        violation_error_message="Choose what came of it from the list.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("digest", ""), _negated=True),
                        fields=("digest",),
                        name="tip_once",
                        violation_error_message="We have this already, word for word.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("closed_by", None), ("verdict", "")),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                                models.Q(("verdict", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="tip_closed_whole",
                        violation_error_message="A tip is closed by somebody, with a verdict.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("days__isnull", False),
                                ("verdict__in", ("confirmed", "partly", "unfounded")),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(
                                    ("verdict__in", ("confirmed", "partly", "unfounded")), _negated=True
                                ),
                                ("answer", ""),
                                ("days", None),
                            ),
                            _connector="OR",
                        ),
                        name="tip_answered_in_words",
                        violation_error_message="Answer in a few words.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Current",
            fields=[
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="current",
                        serialize=False,
                        to="projects.project",
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="Of the code: the order in which records were made."
                    ),
                ),
                ("code", models.CharField(max_length=11)),
                ("slug", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=100)),
                ("name_en", models.CharField(blank=True, max_length=200)),
                ("kind", models.CharField(max_length=20)),
                ("sector", models.CharField(blank=True, max_length=30)),
                ("record_type", models.CharField(max_length=30)),
                ("funding", models.CharField(blank=True, max_length=20)),
                ("is_counted", models.BooleanField(help_text="By the headline.")),
                ("stage", models.CharField(blank=True, max_length=20)),
                ("stage_order", models.PositiveSmallIntegerField(null=True)),
                ("stage_basis", models.CharField(blank=True, max_length=10)),
                ("stage_qualifier", models.CharField(blank=True, max_length=10)),
                ("stage_since", models.CharField(blank=True, max_length=40)),
                ("stage_last_said", models.CharField(blank=True, max_length=40)),
                ("stage_said_on", models.DateField(null=True)),
                ("is_partly_in_use", models.BooleanField()),
                ("condition", models.CharField(max_length=20)),
                ("total_investment", models.BigIntegerField(null=True)),
                ("total_qualifier", models.CharField(blank=True, max_length=10)),
                ("is_total_stated", models.BooleanField()),
                ("is_above_counted", models.BooleanField()),
                ("agreed_investment", models.BigIntegerField(null=True)),
                ("invested_to_date", models.BigIntegerField(null=True)),
                ("amounts", models.JSONField(default=dict)),
                ("is_dated", models.BooleanField()),
                (
                    "due_on",
                    models.DateField(
                        help_text="By which something still to come was promised first.", null=True
                    ),
                ),
                ("last_known_on", models.DateField()),
                ("last_known", models.CharField(max_length=40)),
                ("source_count", models.PositiveIntegerField()),
                (
                    "above",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.project",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.department",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.project",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.place",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["number"], name="current_number"),
                    models.Index(fields=["name", "number"], name="current_name"),
                    models.Index(fields=["stage_order", "number"], name="current_stage_order"),
                    models.Index(fields=["total_investment", "number"], name="current_total"),
                    models.Index(fields=["last_known_on", "number"], name="current_news"),
                    models.Index(fields=["stage", "number"], name="current_stage"),
                    models.Index(fields=["kind", "number"], name="current_kind"),
                    models.Index(fields=["sector", "number"], name="current_sector"),
                    models.Index(fields=["record_type", "number"], name="current_record_type"),
                    models.Index(fields=["condition", "number"], name="current_condition"),
                    models.Index(fields=["place", "number"], name="current_place"),
                    models.Index(fields=["is_counted", "last_known_on", "number"], name="current_counted"),
                    models.Index(fields=["stage_said_on", "number"], name="current_said"),
                    models.Index(fields=["is_dated", "due_on", "number"], name="current_dated"),
                    models.Index(fields=["parent", "number"], name="current_parent"),
                    models.Index(fields=["department", "stage", "condition", "number"], name="current_unit"),
                    models.Index(
                        fields=["stage", "condition", "department", "project"], name="current_expected"
                    ),
                    models.Index(
                        fields=[
                            "stage",
                            "kind",
                            "sector",
                            "record_type",
                            "condition",
                            "place",
                            "is_counted",
                            "stage_said_on",
                            "total_investment",
                            "total_qualifier",
                            "is_total_stated",
                            "above",
                            "project",
                        ],
                        name="current_facets",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="SearchPair",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "pair", "project", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("pair", models.CharField(max_length=6)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pairs",
                        to="projects.searchtext",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.UniqueConstraint(
                fields=("own_place",),
                name="project_own_place_once",
                violation_error_message="Another record is this place already.",
            ),
        ),
        migrations.AddIndex(
            model_name="report", index=models.Index(fields=["round", "state"], name="report_round")
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=("round", "project"),
                name="report_project_once_a_round",
                violation_error_message="A report has been begun already: open it and submit it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", "approved"),
                        ("approved_at__isnull", False),
                        ("approved_by__isnull", False),
                        ("source__isnull", False),
                    ),
                    models.Q(
                        models.Q(("state", "approved"), _negated=True),
                        ("approved_at", None),
                        ("approved_by", None),
                        ("source", None),
                    ),
                    _connector="OR",
                ),
                name="report_approved_by_set",
                violation_error_message="An approved report has its reviewer and its source, and no other has.",
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude", None), ("longitude", None), ("point_source", None)),
                    models.Q(
                        ("latitude__isnull", False),
                        ("longitude__isnull", False),
                        ("point_source__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="place_point_whole",
                violation_error_message="Give latitude, longitude and the source of the point, or none.",
            ),
        ),
    ]
