"""Addresses of the pages of units and people."""

from __future__ import annotations

from django.urls import path

from .views import imports

app_name = "orgs"

urlpatterns = [
    path("units/import/", imports.upload, name="import"),
    path("units/import/template.xlsx", imports.template, name="import_template"),
    path("units/import/<str:token>/", imports.preview, name="import_preview"),
    path("units/import/<str:token>/errors.xlsx", imports.marked, name="import_errors"),
]
