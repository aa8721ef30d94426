from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0020_unread_texts_of_drafts"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="current",
            name="current_counted",
        ),
        migrations.AddIndex(
            model_name="current",
            index=models.Index(
                fields=[
                    "is_counted",
                    "last_known_on",
                    "number",
                    "kind",
                    "place",
                    "stage",
                    "sector",
                    "record_type",
                    "condition",
                    "stage_said_on",
                    "project",
                ],
                name="current_counted",
            ),
        ),
        migrations.AddIndex(
            model_name="current",
            index=models.Index(
                fields=[
                    "kind",
                    "is_counted",
                    "last_known_on",
                    "number",
                    "place",
                    "stage",
                    "sector",
                    "record_type",
                    "condition",
                    "stage_said_on",
                    "project",
                ],
                name="current_kind_counted",
            ),
        ),
    ]
