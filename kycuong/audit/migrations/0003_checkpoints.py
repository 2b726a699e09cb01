"""Checkpoints of the log, and the walls around them."""

from django.db import migrations, models

from kycuong.audit.walls import raise_walls


def build(apps, schema_editor):
    raise_walls(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_walls")]
    operations = [
        migrations.CreateModel(
            name="LogCheckpoint",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("root", models.CharField(max_length=64)),
                ("note", models.TextField()),
                ("made_at", models.DateTimeField()),
            ],
            options={"ordering": ["-size"]},
        ),
        migrations.RunPython(build, migrations.RunPython.noop),
    ]
