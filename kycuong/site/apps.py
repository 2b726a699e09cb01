"""The app of the composition: its commands and the account pages."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "kycuong.site"
    label = "site"
    verbose_name = "Hệ thống"
