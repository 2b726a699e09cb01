"""What a nation's figures are put together from: notes of what was written to, and cells."""

import django.db.models.deletion
import kycuong.core.clock
from django.db import migrations, models

from kycuong.core.steps import NewTables


class Migration(NewTables):
    dependencies = [
        ("reports", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="CellSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("question", models.JSONField()),
                ("base", models.BigIntegerField()),
                ("total", models.BigIntegerField(null=True)),
                ("rows", models.TextField()),
                ("kept_at", models.DateTimeField(default=kycuong.core.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="CellStamp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("block", models.IntegerField()),
                ("weight", models.BigIntegerField(default=1)),
            ],
            options={
                "indexes": [models.Index(fields=["block", "weight"], name="cell_stamp_of_block")],
            },
        ),
        migrations.CreateModel(
            name="Cell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("block", models.IntegerField()),
                ("stamp", models.BigIntegerField()),
                ("rows", models.TextField()),
                (
                    "cell_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="cells", to="reports.cellset"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("cell_set", "block"), name="cell_once_in_a_set")],
            },
        ),
    ]
