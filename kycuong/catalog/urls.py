"""Addresses of the catalogue's pages."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "catalog"

urlpatterns = [
    path("checklists/", views.checklists, name="checklists"),
    path("checklists/<str:version>/", views.checklist, name="checklist"),
]
