"""Addresses of looking after the installation."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "upkeep"

urlpatterns = [
    path("installation/", views.installation, name="installation"),
    path("start/", views.start, name="start"),
    path("metrics", views.metrics, name="metrics"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
]
