"""Row-level security around what is sealed, beside PostgreSQL."""

from django.db import migrations

from kycuong.inspections.models.curtains import draw_curtains, open_curtains


def build(apps, schema_editor):
    draw_curtains(schema_editor.connection)


def raze(apps, schema_editor):
    open_curtains(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("inspections", "0003_conclude_days")]
    operations = [migrations.RunPython(build, raze)]
