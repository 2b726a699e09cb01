"""The app `backups`."""

from __future__ import annotations

from django.apps import AppConfig


class Backups(AppConfig):
    name = "kycuong.backups"
    label = "backups"
