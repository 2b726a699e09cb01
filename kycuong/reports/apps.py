"""The app of figures."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "kycuong.reports"
    label = "reports"
    verbose_name = "Số liệu"
