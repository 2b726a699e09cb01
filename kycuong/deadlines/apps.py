"""The app of working days, days off and the terms that are computed from them."""

from __future__ import annotations

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "kycuong.deadlines"
    label = "deadlines"
    verbose_name = "Ngày làm việc"
