from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0013_promise_qualifier")]

    operations = [
        migrations.AddField("standing", "is_total_stated", models.BooleanField(default=False)),
        migrations.AddField("standing", "total_qualifier", models.CharField(blank=True, max_length=10)),
        migrations.AddIndex(
            "standing",
            models.Index(
                fields=[
                    *("asof_from", "asof_to", "known_from", "known_to", "project"),
                    *("condition", "stage", "stage_basis", "stage_said_on", "stage_order"),
                    *("total_investment", "total_qualifier", "is_total_stated", "last_known_on"),
                ],
                name="standing_day",
            ),
        ),
    ]
