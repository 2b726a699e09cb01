"""The walls around what was decided on findings."""

from django.db import migrations

from kycuong.inspections.models.walls import lower_walls, raise_walls


def build(apps, schema_editor):
    raise_walls(schema_editor.connection)


def raze(apps, schema_editor):
    lower_walls(schema_editor.connection)


class Migration(migrations.Migration):
    replaces = [("inspections", "0017_decision_walls")]
    dependencies = [("inspections", "0001_tables")]
    operations = [migrations.RunPython(build, raze)]
