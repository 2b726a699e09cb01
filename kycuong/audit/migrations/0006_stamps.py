"""What a time-stamping authority answered for a checkpoint, and the wall around it."""

from django.db import migrations, models

from kycuong.audit.walls import raise_walls
from kycuong.core.clock import now


def build(apps, schema_editor):
    raise_walls(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_mailed")]
    operations = [
        migrations.CreateModel(
            name="CheckpointStamp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("size", models.BigIntegerField(db_index=True)),
                ("reply", models.BinaryField()),
                ("received_at", models.DateTimeField(default=now, editable=False)),
            ],
            options={"ordering": ["size", "pk"]},
        ),
        migrations.RunPython(build, migrations.RunPython.noop),
    ]
