"""The app of inspections, visits, findings and minutes."""

from __future__ import annotations

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "kycuong.inspections"
    label = "inspections"
    verbose_name = "Kiểm tra"
