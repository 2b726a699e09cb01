"""The app of the phone: the log of what was said on it, its photos, and the record that follows from both."""

from __future__ import annotations

from django.apps import AppConfig


class FieldConfig(AppConfig):
    name = "kycuong.field"
    label = "field"
    verbose_name = "Đi thực địa"
