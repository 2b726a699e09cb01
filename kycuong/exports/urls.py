"""Addresses of lists as files."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "exports"

urlpatterns = [
    path("lists/<slug:name>.<str:form>", views.list_file, name="file"),
    path("exports/", views.exports, name="exports"),
    path("exports/new/", views.ask, name="new"),
    path("exports/rules/", views.rules, name="rules"),
    path("exports/<uuid:uid>/", views.export, name="export"),
    path("exports/<uuid:uid>/file", views.fetch, name="fetch"),
    path("exports/<uuid:uid>/retry/", views.retry, name="retry"),
    path("exports/<uuid:uid>/removal/", views.remove, name="remove"),
]
