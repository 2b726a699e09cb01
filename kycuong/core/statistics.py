"""What the database knows of how its rows lie: asked for anew after very many were written."""

from __future__ import annotations

from django.apps import apps
from django.db import connection


def analyze() -> None:
    """Of our own tables. PostgreSQL would go on to the catalogues that all its databases share, and there two that do so at once wait
    for each other until the first transaction ends."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("ANALYZE")
            return
        there = set(connection.introspection.table_names(cursor))
        names = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} & there
        cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, sorted(names)))}")
