"""Build the walls around what is frozen."""

from __future__ import annotations

from django.db import migrations

from kycuong.rounds.models import walls


class Migration(migrations.Migration):
    """Triggers, on both databases."""

    dependencies = [("rounds", "0001_tables")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: walls.raise_walls(editor.connection),
            lambda apps, editor: walls.lower_walls(editor.connection),
        )
    ]
