import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import projects.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0005_notices"),
    ]

    operations = [
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
                ("fields", projects.models.fields.PlainJSONField(verbose_name="what was typed")),
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
                        name="a person has one kept text an address",
                        violation_error_message="Something is kept for this address already.",
                    )
                ],
            },
        ),
    ]
