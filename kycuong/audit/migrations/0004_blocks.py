"""Roots of blocks of the log, for proofs."""

from django.db import migrations, models

from kycuong.core.steps import NewTables


class Migration(NewTables):
    dependencies = [("audit", "0003_checkpoints")]
    operations = [
        migrations.CreateModel(
            name="LogBlock",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("root", models.CharField(max_length=64)),
            ],
        ),
    ]
