"""Is it alive, is it ready: for whoever watches the server. Tells nothing about what is inside."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse

from kycuong.upkeep.queries.upgrading import later_steps

ROOM_NEEDED = 1 << 30
"""Bytes on the disk: below, a day of records and photos may not fit."""


@login_not_required
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """The database takes a write, its tables are this version's, and the disk has room."""
    room = shutil.disk_usage(nearest(settings.HOME)).free > ROOM_NEEDED
    checks = {"database": database_writes(), "schema": database_is_migrated(), "disk": room}
    good = all(checks.values())
    return JsonResponse({"status": "ok" if good else "not ready", "checks": checks}, status=200 if good else 503)


def database_writes() -> bool:
    """Write a row of the session table and take it back."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_session WHERE session_key = ''")
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True


def database_is_migrated() -> bool:
    """Every migration of this version has run, and none of a later one."""
    try:
        applied = MigrationRecorder(connection).applied_migrations().keys()
        return migrations() <= applied and not later_steps()
    except DatabaseError:
        return False


@cache
def migrations() -> frozenset[tuple[str, str]]:
    """(app, name) of each migration: files, so they are the same for as long as the process lives."""
    return frozenset(MigrationLoader(None).disk_migrations)


def nearest(path: Path) -> Path:
    """The path, or the first directory above it that exists."""
    return next(place for place in (path, *path.parents) if place.exists())
