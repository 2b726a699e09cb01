"""The walls around the log, and its head."""

from django.db import migrations

from kycuong.audit.walls import lower_walls, raise_walls


def build(apps, schema_editor):
    apps.get_model("audit", "AuditHead").objects.using(schema_editor.connection.alias).create(id=1)
    raise_walls(schema_editor.connection)


def raze(apps, schema_editor):
    lower_walls(schema_editor.connection)
    apps.get_model("audit", "AuditHead").objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_tables")]
    operations = [migrations.RunPython(build, raze)]
