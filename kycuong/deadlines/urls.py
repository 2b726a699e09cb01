"""Addresses of the pages of days off."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "deadlines"

urlpatterns = [
    path("days-off/", views.days_off, name="days_off"),
    path("days-off/new/", views.add, name="add"),
    path("days-off/swap/", views.swap, name="swap"),
    path("days-off/<int:year>/filling/", views.fill, name="fill"),
    path("days-off/<int:year>/confirmation/", views.confirm, name="confirm"),
    path("days-off/<int:year>/withdrawal/", views.withdraw, name="withdraw"),
    path("days-off/<uuid:uid>/removal/", views.remove, name="remove"),
]
