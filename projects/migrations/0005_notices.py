import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import projects.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0004_attachments"),
    ]

    operations = [
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
                (
                    "channel",
                    models.CharField(choices=[("email", "e-mail"), ("webhook", "webhook")], max_length=10),
                ),
                (
                    "body",
                    projects.models.fields.PlainJSONField(
                        default=dict, help_text="What the webhook is told."
                    ),
                ),
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("round_opened", "round opened"),
                            ("round_closing", "round about to close"),
                            ("round_closed", "round closed"),
                            ("no_unit", "no unit named"),
                            ("report_returned", "report returned"),
                            ("reports_waiting", "reports waiting for review"),
                            ("pause_renewal", "pause to be explained anew"),
                            ("promise_near", "promised date near"),
                            ("promise_passed", "promised date passed without word"),
                            ("problem_assigned", "problem assigned"),
                            ("problem_due", "problem falls due"),
                            ("problem_overdue", "problem overdue"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("Reporter", "reporter"),
                            ("Reviewer", "reviewer"),
                            ("Editor", "data editor"),
                        ],
                        max_length=10,
                    ),
                ),
                ("projects", projects.models.fields.PlainJSONField(default=list, help_text="Their codes.")),
                ("values", projects.models.fields.PlainJSONField(default=dict)),
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
            },
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("channel", "email"), ("recipient__isnull", False)),
                    models.Q(("channel", "webhook"), ("recipient", None)),
                    _connector="OR",
                ),
                name="a delivery goes by mail to somebody or to the webhook",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("sent_at", None), ("attempts__gt", 0), _connector="OR"),
                name="a delivery was tried before it was sent",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
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
                name="a notice is of a known kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("department__isnull", False), ("role", "Reporter")),
                    models.Q(("department", None), ("role", "Reviewer")),
                    _connector="OR",
                ),
                name="a notice goes to the reporters of a unit or to reviewers",
            ),
        ),
    ]
