"""The app of what other programs are told by themselves."""

from __future__ import annotations

from django.apps import AppConfig


class ConnectConfig(AppConfig):
    name = "kycuong.connect"
    label = "connect"
    verbose_name = "Kết nối"
