import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0003_place_sources_and_neighbours"),
    ]

    operations = [
        migrations.CreateModel(
            name="FurtherUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_on", models.DateField(verbose_name="from")),
                (
                    "last_on",
                    models.DateField(
                        blank=True,
                        help_text="Its last day; empty until it is taken back.",
                        null=True,
                        verbose_name="to",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        help_text="Never public: leave, transfer, two units at once.",
                        max_length=200,
                        verbose_name="why",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stand_ins",
                        to="projects.department",
                        verbose_name="unit",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="further_units_set",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="set by",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="further_units",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "further unit",
                "verbose_name_plural": "further units",
                "ordering": ["first_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_on", None), ("last_on__gte", models.F("first_on")), _connector="OR"
                        ),
                        name="furtherunit_days_in_order",
                        violation_error_message="The last day lies before the first: give a later one.",
                    ),
                    models.UniqueConstraint(
                        fields=("user", "department", "first_on"),
                        name="furtherunit_once",
                        violation_error_message="This unit is given from that day already: change that row.",
                    ),
                ],
            },
        ),
    ]
