from django.db import migrations
from django.db.models import CharField
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast


def fill(apps, schema_editor):
    """As the rebuild writes them: the qualifier of the total, and whether a source states it."""
    known = apps.get_model("projects", "Standing").objects.filter(total_investment__isnull=False)
    qualifier = KeyTextTransform("qualifier", KeyTransform("total_investment", "amounts"))
    known.update(total_qualifier=Cast(qualifier, CharField()))
    known.filter(amounts__total_investment__is_stated=True).update(is_total_stated=True)


class Migration(migrations.Migration):
    dependencies = [("projects", "0014_totals_of_standings")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
