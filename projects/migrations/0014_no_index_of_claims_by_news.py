from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0009_file_notices"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="claim",
            name="claim_news",
        ),
    ]
