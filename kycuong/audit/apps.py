"""The app of the audit log."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "kycuong.audit"
    label = "audit"
    verbose_name = "Nhật ký"
