"""The app that puts together the tables which agencies send: what they declare, kept apart from what is computed."""

from __future__ import annotations

from django.apps import AppConfig


class GatheringConfig(AppConfig):
    name = "kycuong.gathering"
    label = "gathering"
    verbose_name = "Hợp nhất báo cáo biểu mẫu"
