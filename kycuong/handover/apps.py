"""The app of what a unit takes along."""

from __future__ import annotations

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "kycuong.handover"
    label = "handover"
    verbose_name = "Bàn giao dữ liệu"
