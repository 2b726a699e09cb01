"""What a time-stamping authority answered for a checkpoint, and the wall around it."""

from django.db import migrations, models

from kycuong.audit.walls import raise_walls


def build(apps, schema_editor):
    raise_walls(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_mailed")]
    operations = [
        migrations.CreateModel(
            name="CheckpointStamp",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("reply", models.BinaryField()),
            ],
            options={"ordering": ["-size"]},
        ),
        migrations.RunPython(build, migrations.RunPython.noop),
    ]
