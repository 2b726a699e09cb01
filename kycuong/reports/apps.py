"""The app of figures."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import pre_migrate  # noqa: TID251 - the one moment before tables change, whoever asks for it


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
        lower(connections[using])
