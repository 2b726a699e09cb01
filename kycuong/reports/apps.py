"""The app of figures."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.core.management import CommandError
from django.db import OperationalError, connections
from django.db.models.signals import pre_migrate  # noqa: TID251 - the one moment before tables change, whoever asks for it

PATIENCE = 10_000
"""Milliseconds: behind a table that waits to be changed every page would wait, too."""
BUSY = (
    "Chưa nâng cấp được: có việc đang giữ các bảng (thường là một bản sao lưu đang chạy). Chờ xong rồi chạy lại. "
    "/ Tables are held, most often by a backup under way: wait until it has ended and run this again."
)


class ReportsConfig(AppConfig):
    name = "kycuong.reports"
    label = "reports"
    verbose_name = "Số liệu"

    def ready(self) -> None:
        pre_migrate.connect(out_of_the_way, sender=self)


def out_of_the_way(*, using: str, plan: list[Any], **_told: Any) -> None:
    """Before tables are changed: SQLite refuses to rename one that triggers speak of. The next tick raises them again, and then
    nothing that was kept before is worth anything."""
    from .walls import lower  # noqa: PLC0415 - which names models of the log; while apps are made there are none

    if plan:
        try:
            lower(connections[using], patience=PATIENCE)
        except OperationalError as error:
            raise CommandError(BUSY) from error
