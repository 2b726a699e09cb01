"""The app of periodic reports: an authority asks, agencies submit what is computed, one report is signed and stays as it was."""

from __future__ import annotations

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "kycuong.rounds"
    label = "rounds"
    verbose_name = "Báo cáo định kỳ"
