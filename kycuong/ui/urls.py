"""Addresses of the gallery, under /ui/."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "ui"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("print/", views.print_sheet, name="print"),
    path("problem/", views.problem, name="problem"),
    path("language/", views.choose_language, name="language"),
    path("scheme/", views.choose_scheme, name="scheme"),
    path("units/", views.units, name="units"),
]
