"""The app of lists as files."""

from __future__ import annotations

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "kycuong.exports"
    label = "exports"
    verbose_name = "Tệp danh sách"
