"""What lies between the tables as they are and those of this version: steps that have not run, and steps of a later version."""

from __future__ import annotations

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def pending_steps() -> list[str]:
    """«followup.0012_terms», in the order in which they would run."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{step.app_label}.{step.name}" for step, _backwards in plan]


def later_steps() -> list[str]:
    """Steps that this program does not know: the tables were made or changed by a later version of it."""
    loader = MigrationExecutor(connection).loader
    known = {*loader.disk_migrations} | {old for one in loader.disk_migrations.values() for old in one.replaces}
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("kycuong.")}
    return sorted(f"{app}.{name}" for app, name in {*loader.applied_migrations} - known if app in ours)
