"""The app of checklists, topics and legal bases."""

from __future__ import annotations

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "kycuong.catalog"
    label = "catalog"
    verbose_name = "Danh mục"
