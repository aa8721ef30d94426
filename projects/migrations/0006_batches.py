import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import projects.choices
import projects.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0005_dates_reached_and_decisions"),
    ]

    operations = [
        migrations.CreateModel(
            name="SheetMemory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sender", models.CharField(max_length=100, unique=True, verbose_name="who sends it")),
                ("mapping", models.JSONField(default=list, verbose_name="columns as they were read")),
                ("choices", models.JSONField(default=list, verbose_name="words as they were chosen")),
                ("saved_at", models.DateTimeField(verbose_name="saved at")),
            ],
            options={
                "verbose_name": "how a sender's sheets are read",
                "verbose_name_plural": "how senders' sheets are read",
                "ordering": ["sender"],
            },
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("file_name", models.CharField(max_length=255, verbose_name="file")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256 of the file")),
                ("sheet", models.CharField(blank=True, max_length=100, verbose_name="sheet")),
                ("sender", models.CharField(blank=True, max_length=100, verbose_name="who sends it")),
                (
                    "part",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="Of a file that is too large.", verbose_name="part"
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="why withdrawn")),
                ("cells", models.JSONField(default=list, verbose_name="cells as parsed")),
                ("mapping", models.JSONField(default=list, verbose_name="columns as they were read")),
                ("choices", models.JSONField(default=list, verbose_name="words as they were chosen")),
                ("skipped", models.JSONField(default=list, verbose_name="rows left out")),
                ("became", models.JSONField(default=list, verbose_name="what each row became")),
                (
                    "claim_count",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="claims"),
                ),
                ("as_of_earliest", models.DateField(editable=False, null=True)),
                ("as_of_latest", models.DateField(editable=False, null=True)),
                (
                    "as_of",
                    projects.models.fields.FuzzyDateField(blank=True, max_length=40, verbose_name="as of"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=projects.choices.BatchState.as_choices,
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("entered_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("saved_at", models.DateTimeField(editable=False, verbose_name="saved at")),
                ("sent_at", models.DateTimeField(editable=False, null=True, verbose_name="sent at")),
                ("approved_at", models.DateTimeField(editable=False, null=True, verbose_name="approved at")),
                ("refused_at", models.DateTimeField(editable=False, null=True, verbose_name="refused at")),
                (
                    "refused_why",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="why refused"),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches_approved",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches_entered",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "part_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="further_parts",
                        to="projects.batch",
                        verbose_name="part of",
                    ),
                ),
                (
                    "refused_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches_refused",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="refused by",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches_sent",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="projects.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "withdraws",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawals",
                        to="projects.batch",
                        verbose_name="withdraws",
                    ),
                ),
            ],
            options={
                "verbose_name": "imported file",
                "verbose_name_plural": "imported files",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddField(
            model_name="claim",
            name="batch",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to="projects.batch",
                verbose_name="imported file",
            ),
        ),
        migrations.AddField(
            model_name="project",
            name="batch",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="projects",
                to="projects.batch",
                verbose_name="made by the file",
            ),
        ),
        migrations.AddIndex(
            model_name="batch",
            index=models.Index(fields=["state", "-id"], name="batch_state"),
        ),
        migrations.AddIndex(
            model_name="batch",
            index=models.Index(fields=["digest"], name="batch_digest"),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "sent", "approved", "refused", "withdrawn"])),
                name="batch_state_known",
                violation_error_message="Choose one of the states.",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "draft"), ("sent_at", None), ("sent_by", None)),
                    models.Q(
                        models.Q(("state", "draft"), _negated=True),
                        ("sent_at__isnull", False),
                        ("sent_by__isnull", False),
                        ("source__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="batch_sent_whole",
                violation_error_message="A file that is no draft was sent by somebody, and has a source.",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ("approved", "withdrawn")),
                        ("approved_at__isnull", False),
                        ("approved_by__isnull", False),
                    ),
                    models.Q(
                        models.Q(("state__in", ("approved", "withdrawn")), _negated=True),
                        ("approved_at", None),
                        ("approved_by", None),
                    ),
                    _connector="OR",
                ),
                name="batch_approved_whole",
                violation_error_message="An approved file was approved by somebody, and no other was.",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", "refused"),
                        ("refused_at__isnull", False),
                        ("refused_by__isnull", False),
                        models.Q(("refused_why", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "refused"), _negated=True),
                        ("refused_at", None),
                        ("refused_by", None),
                        ("refused_why", ""),
                    ),
                    _connector="OR",
                ),
                name="batch_refused_whole",
                violation_error_message="A refused file was refused by somebody, with a reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdraws", None),
                    models.Q(
                        models.Q(("withdraws", models.F("id")), _negated=True),
                        models.Q(("state__in", ["draft", "withdrawn"]), _negated=True),
                        models.Q(("why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="batch_withdraws_another",
                violation_error_message="A withdrawal names another file, and says why.",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("part", 1), ("part_of", None)),
                    models.Q(("part__gt", 1), ("part_of__isnull", False)),
                    _connector="OR",
                ),
                name="batch_part_from_one",
                violation_error_message="The parts of a file are counted from 1, and name the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "sent"), ("withdraws", None)),
                fields=("digest", "sheet", "part"),
                name="batch_waits_once",
                violation_error_message="This sheet waits for a second person already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["sent", "approved"]), ("withdraws__isnull", False)),
                fields=("withdraws",),
                name="batch_withdrawn_once",
                violation_error_message="Its withdrawal waits, or is approved already.",
            ),
        ),
    ]
