"""The app of everything that is seen."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "kycuong.ui"
    label = "ui"
    verbose_name = "Giao diện"
