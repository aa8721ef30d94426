"""The counter begins at the greatest record number that was ever given, of projects that are gone too."""

from django.db import migrations


def begin(apps, schema_editor):
    given = [
        int(code.removeprefix("QJ-"))
        for name in ("Project", "HistoricalProject")
        for code in apps.get_model("projects", name).objects.values_list("code", flat=True)
    ]
    if given:
        apps.get_model("projects", "Counter").objects.create(prefix="QJ", last=max(given))


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0007_counter"),
    ]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
