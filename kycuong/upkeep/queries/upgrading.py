"""What lies between the tables as they are and those of this version: steps that have not run, and steps of a later version."""

from __future__ import annotations

from functools import cache

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def pending_steps() -> list[str]:
    """«followup.0012_terms», in the order in which they would run."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{step.app_label}.{step.name}" for step, _backwards in plan]


def later_steps() -> list[str]:
    """Steps that this program does not know: the tables were made or changed by a later version of it."""
    applied = MigrationRecorder(connection).applied_migrations().keys()
    return sorted(f"{app}.{name}" for app, name in applied - known_steps() if app in ours())


@cache
def known_steps() -> frozenset[tuple[str, str]]:
    """(app, name) of the steps of this version and those that they stand for: files, so they are the same for as long as the process lives."""
    disk = MigrationLoader(None).disk_migrations
    return frozenset(disk) | {old for one in disk.values() for old in one.replaces}


@cache
def ours() -> frozenset[str]:
    return frozenset(app.label for app in apps.get_app_configs() if app.name.startswith("kycuong."))
