from django.db import migrations


def fill(apps, schema_editor):
    """The rows that are there are those of today; what held before comes with the rebuild of the next start."""
    rows = apps.get_model("projects", "ProjectMilestone").objects.all()
    rows.filter(told__first__4=True).update(is_first_stated=True)


class Migration(migrations.Migration):
    dependencies = [("projects", "0016_milestones_of_all_days")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
