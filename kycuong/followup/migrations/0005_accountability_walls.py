"""Build the walls around measures."""

from __future__ import annotations

from django.db import migrations

from kycuong.followup.models.measure_walls import lower_walls, raise_walls


class Migration(migrations.Migration):
    """Triggers, on both databases."""

    dependencies = [("followup", "0004_accountability"), ("inspections", "0017_decision_walls")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: raise_walls(editor.connection), lambda apps, editor: lower_walls(editor.connection)
        )
    ]
