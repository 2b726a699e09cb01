"""The app of the demonstration province."""

from __future__ import annotations

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "kycuong.demo"
    label = "demo"
    verbose_name = "Dữ liệu minh họa"
