"""Build the walls around what is frozen anew: nothing is replaced or emptied either."""

from __future__ import annotations

from django.db import migrations

from kycuong.rounds.models import walls


class Migration(migrations.Migration):
    """Triggers, on both databases. Backwards nothing: the migration before takes every wall down."""

    dependencies = [("rounds", "0002_walls")]

    operations = [
        migrations.RunPython(lambda apps, editor: walls.raise_walls(editor.connection), migrations.RunPython.noop)
    ]
