"""Which generated rows were written by the thousand: the log names them here."""

from django.db import migrations, models

from kycuong.core.steps import NewTables


class Migration(NewTables):
    dependencies = [
        ("audit", "0006_stamps"),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkLoad",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("piece", models.CharField(max_length=120, unique=True)),
                ("rows", models.JSONField(blank=True, default=dict)),
                ("wish", models.JSONField(blank=True, default=dict)),
            ],
        ),
    ]
