"""The walls around what was decided on findings."""

from django.db import migrations

from kycuong.inspections.models.walls import lower_walls, raise_walls


def build(apps, schema_editor):
    raise_walls(schema_editor.connection)


def raze(apps, schema_editor):
    lower_walls(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("inspections", "0016_silence_and_replies")]
    operations = [migrations.RunPython(build, raze)]
