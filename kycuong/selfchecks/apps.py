"""The app of self-checks before the season: campaigns, what units declare, and how that compares with what visits find."""

from __future__ import annotations

from django.apps import AppConfig


class SelfchecksConfig(AppConfig):
    name = "kycuong.selfchecks"
    label = "selfchecks"
    verbose_name = "Tự kiểm tra"
