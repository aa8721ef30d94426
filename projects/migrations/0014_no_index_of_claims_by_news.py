from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0012_tips_overdue"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="claim",
            name="claim_news",
        ),
    ]
