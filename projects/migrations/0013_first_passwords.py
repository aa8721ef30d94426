from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0012_report_writers"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="must_change_password",
            field=models.BooleanField(
                default=False,
                help_text="Somebody else has set it: it is changed at the next signing in.",
                verbose_name="must change the password",
            ),
        ),
    ]
