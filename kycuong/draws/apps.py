"""The app of verifiable draws."""

from __future__ import annotations

from django.apps import AppConfig


class DrawsConfig(AppConfig):
    name = "kycuong.draws"
    label = "draws"
    verbose_name = "Bốc thăm"
