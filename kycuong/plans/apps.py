"""The app of yearly themes and inspection plans."""

from __future__ import annotations

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "kycuong.plans"
    label = "plans"
    verbose_name = "Chủ đề và kế hoạch"
