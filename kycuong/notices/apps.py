"""The app of notices to people: inbox and the daily digest by e-mail."""

from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "kycuong.notices"
    label = "notices"
    verbose_name = "Thông báo"
