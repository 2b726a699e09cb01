"""What a WSGI server calls."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kycuong.site.settings")
django.setup(set_prefix=False)

from .handler import Handler  # noqa: E402 - a handler reads the settings

application = Handler()
