from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0006_kept_texts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Counter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("prefix", models.CharField(max_length=10, unique=True, verbose_name="prefix")),
                ("last", models.PositiveBigIntegerField(default=0, verbose_name="last number given")),
            ],
            options={
                "verbose_name": "counter",
                "verbose_name_plural": "counters",
                "ordering": ["prefix"],
            },
        ),
    ]
