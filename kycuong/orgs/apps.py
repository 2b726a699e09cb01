"""The app of people, units and their history."""

from __future__ import annotations

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "kycuong.orgs"
    label = "orgs"
    verbose_name = "Tổ chức và con người"
