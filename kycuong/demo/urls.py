"""Addresses of the tour."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "demo"
urlpatterns = [
    path("tour/", views.tour, name="tour"),
    path("tour/start/", views.start, name="start"),
    path("tour/forget/", views.forget, name="forget"),
]
