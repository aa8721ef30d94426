from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0009_workbooks"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="claim",
            name="claim_news",
        ),
    ]
