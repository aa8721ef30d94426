from django.db import migrations, models

import projects.choices


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0012_doubles"),
    ]

    operations = [
        migrations.AddField(
            model_name="reportdate",
            name="qualifier",
            field=models.CharField(
                blank=True,
                choices=projects.choices.Qualifier.as_choices,
                default="",
                max_length=10,
                verbose_name="qualifier",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportdate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("qualifier", ""),
                    models.Q(("is_actual", False), ("qualifier", "expected")),
                    _connector="OR",
                ),
                name="reportdate_qualifier_of_promise",
                violation_error_message="Only a promised date may be expected.",
            ),
        ),
    ]
