from django.db import migrations, models

import projects.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0017_fill_milestones_of_all_days"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="reportdate",
            name="reportdate_date_bounds",
        ),
        migrations.AlterField(
            model_name="reportdate",
            name="date",
            field=projects.models.fields.FuzzyDateField(
                blank=True, max_length=40, verbose_name="date of the milestone"
            ),
        ),
        migrations.AlterField(
            model_name="reportdate",
            name="date_earliest",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="reportdate",
            name="date_latest",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="reportdate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("date", ""), ("date_earliest", None), ("date_latest", None)),
                    models.Q(
                        ("date_earliest__isnull", False),
                        ("date_latest__isnull", False),
                        ("date_earliest__lte", models.F("date_latest")),
                        models.Q(("date", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reportdate_date_bounds",
                violation_error_message="The date cannot be read.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportdate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("date", ""), _negated=True),
                    models.Q(("is_actual", False), ("qualifier", "")),
                    _connector="OR",
                ),
                name="reportdate_none_stands_of_promise",
                violation_error_message="What was reached or is expected has a date.",
            ),
        ),
    ]
