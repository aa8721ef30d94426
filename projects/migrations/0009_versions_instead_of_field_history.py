from django.db import migrations, models

VERSIONED = ("department", "indicator", "organisation", "place", "project", "source", "user")


def version() -> models.PositiveIntegerField:
    return models.PositiveIntegerField(default=1, editable=False, verbose_name="version")


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0008_codes_given"),
    ]

    operations = [
        *(migrations.AddField(model_name=name, name="version", field=version()) for name in VERSIONED),
        migrations.DeleteModel(name="HistoricalDepartment"),
        migrations.DeleteModel(name="HistoricalOrganisation"),
        migrations.DeleteModel(name="HistoricalPlace"),
        migrations.DeleteModel(name="HistoricalProject"),
        migrations.DeleteModel(name="HistoricalSource"),
    ]
