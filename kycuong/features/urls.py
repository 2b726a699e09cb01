"""Addresses of features: how they stand at a unit, and switching one."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "features"

urlpatterns = [
    path("features/", views.features, name="features"),
    path("features/<slug:unit>/<slug:feature>/", views.switch, name="switch"),
]
