"""The app of optional parts: what a unit and all below it use, and what not yet."""

from __future__ import annotations

from django.apps import AppConfig


class FeaturesConfig(AppConfig):
    name = "kycuong.features"
    label = "features"
    verbose_name = "Tính năng"
