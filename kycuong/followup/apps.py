"""The app of recommendations, remedies, deadlines of remedy and accountability."""

from __future__ import annotations

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "kycuong.followup"
    label = "followup"
    verbose_name = "Sau kiểm tra"
