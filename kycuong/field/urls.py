"""Addresses of the phone and of the desk's pages about it."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "field"

urlpatterns: list[URLPattern] = []
