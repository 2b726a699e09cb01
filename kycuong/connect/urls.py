"""Addresses of what other programs are told by themselves."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "connect"

urlpatterns = [
    path("calendar/subscription/", views.subscription, name="subscription"),
    path("calendar/subscription/removal/", views.revoke, name="revoke"),
    path("calendar/feeds/<str:token>.ics", views.feed, name="feed"),
]
