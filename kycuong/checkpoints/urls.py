"""Addresses of the page of checkpoints."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "checkpoints"

urlpatterns = [
    path("checkpoints/", views.checkpoints, name="list"),
    path("checkpoints/<int:size>.txt", views.note, name="note"),
]
