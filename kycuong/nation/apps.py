"""The app of the generated nation."""

from __future__ import annotations

from django.apps import AppConfig


class NationConfig(AppConfig):
    name = "kycuong.nation"
    label = "nation"
    verbose_name = "Cả nước tạo sinh"
