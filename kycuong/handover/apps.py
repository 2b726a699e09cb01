"""The app of taking everything along."""

from __future__ import annotations

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "kycuong.handover"
    label = "handover"
    verbose_name = "Bàn giao dữ liệu"
