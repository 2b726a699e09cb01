"""The app of the facts that leave the database for other engines."""

from __future__ import annotations

from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "kycuong.facts"
    label = "facts"
    verbose_name = "Dữ kiện để tính nơi khác"
