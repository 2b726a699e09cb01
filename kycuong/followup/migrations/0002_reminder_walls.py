"""Build the walls around reminders."""

from __future__ import annotations

from django.db import migrations

from kycuong.followup.models.walls import lower_walls, raise_walls


class Migration(migrations.Migration):
    """Triggers, on both databases."""

    dependencies = [("followup", "0001_recommendations")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: raise_walls(editor.connection), lambda apps, editor: lower_walls(editor.connection)
        )
    ]
