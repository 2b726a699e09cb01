"""The app of the public page: when it is open, what is on it, what was taken back."""

from __future__ import annotations

from django.apps import AppConfig


class OpennessConfig(AppConfig):
    name = "kycuong.openness"
    label = "openness"
    verbose_name = "Công khai"
