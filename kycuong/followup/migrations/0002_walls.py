"""Build the walls around reminders and measures."""

from __future__ import annotations

from django.db import migrations

from kycuong.followup.models import measure_walls, walls


class Migration(migrations.Migration):
    """Triggers, on both databases."""

    replaces = [("followup", "0002_reminder_walls"), ("followup", "0005_accountability_walls")]
    dependencies = [("followup", "0001_tables"), ("inspections", "0002_walls")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: walls.raise_walls(editor.connection),
            lambda apps, editor: walls.lower_walls(editor.connection),
        ),
        migrations.RunPython(
            lambda apps, editor: measure_walls.raise_walls(editor.connection),
            lambda apps, editor: measure_walls.lower_walls(editor.connection),
        ),
    ]
