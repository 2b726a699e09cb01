"""Addresses of the inbox, of announcements and of what runs by itself."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "notices"

urlpatterns = [
    path("notices/", views.inbox, name="inbox"),
    path("notices/reading/", views.read_all, name="read_all"),
    path("notices/settings/", views.wishes, name="settings"),
    path("notices/<uuid:uid>/reading/", views.read_one, name="read_one"),
    path("announcements/", views.announcements, name="announcements"),
    path("announcements/new/", views.announce, name="announce"),
    path("announcements/<uuid:uid>/ending/", views.end_announcement, name="end_announcement"),
    path("announcements/<uuid:uid>/putting-away/", views.put_away, name="put_away"),
    path("ticks/", views.ticks, name="ticks"),
]
