"""The app `upkeep`."""

from __future__ import annotations

from django.apps import AppConfig


class Upkeep(AppConfig):
    name = "kycuong.upkeep"
    label = "upkeep"
