"""The app `files`."""

from __future__ import annotations

from django.apps import AppConfig


class Files(AppConfig):
    name = "kycuong.files"
    label = "files"
