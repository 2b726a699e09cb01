"""Addresses of what other programs are told by themselves."""

from __future__ import annotations

from django.urls import path

from .views import feeds, of_others

app_name = "connect"

urlpatterns = [
    path("calendar/subscription/", feeds.subscription, name="subscription"),
    path("calendar/subscription/removal/", feeds.revoke, name="revoke"),
    path("calendar/feeds/<str:token>.ics", feeds.feed, name="feed"),
    path("people/<uuid:uid>/calendar/", of_others.feed, name="feed_of"),
]
