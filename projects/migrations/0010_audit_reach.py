import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

REACHES = [
    ("records", "records and claims"),
    ("rounds", "rounds"),
    ("report", "a monthly report"),
    ("administrators", "accounts and all else"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0009_versions_instead_of_field_history"),
    ]

    operations = [
        migrations.AddField(
            model_name="auditentry",
            name="reach",
            field=models.CharField(
                choices=REACHES, default="administrators", max_length=20, verbose_name="who reaches it"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="auditentry",
            name="report",
            field=models.ForeignKey(
                help_text="The one that it tells of, or to which a problem or an attachment belongs.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="audit_entries",
                to="projects.report",
                verbose_name="monthly report",
            ),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["reach", "number"], name="audit_reach"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["subject", "number"], name="audit_subject"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["at"], name="audit_at"),
        ),
        migrations.AddConstraint(
            model_name="auditentry",
            constraint=models.CheckConstraint(
                condition=Q(reach__in=[code for code, _words in REACHES]),
                name="an audit entry is reached by somebody known",
                violation_error_message="Say who reaches the entry.",
            ),
        ),
        migrations.AddConstraint(
            model_name="auditentry",
            constraint=models.CheckConstraint(
                condition=Q(reach="report", report__isnull=False) | ~Q(reach="report") & Q(report=None),
                name="an audit entry about a report names it",
                violation_error_message="An entry about a report names it, and no other does.",
            ),
        ),
    ]
