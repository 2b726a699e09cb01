"""Addresses of the phone and of the desk's pages about it."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import shell

app_name = "field"

urlpatterns: list[URLPattern] = [
    path("field/", shell.shell, name="shell"),
    path("field/sw.js", shell.worker, name="worker"),
    path("field/manifest.webmanifest", shell.manifest, name="manifest"),
]
