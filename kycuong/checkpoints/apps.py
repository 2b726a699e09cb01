"""The app of checkpoints of the log; their table is the log's."""

from __future__ import annotations

from django.apps import AppConfig


class CheckpointsConfig(AppConfig):
    name = "kycuong.checkpoints"
    label = "checkpoints"
    verbose_name = "Mốc kiểm chứng"
