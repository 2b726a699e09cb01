"""Addresses of what other programs are told by themselves."""

from __future__ import annotations

from django.urls import path

from .views import feeds, of_others, webhooks

app_name = "connect"

urlpatterns = [
    path("calendar/subscription/", feeds.subscription, name="subscription"),
    path("calendar/subscription/removal/", feeds.revoke, name="revoke"),
    path("calendar/feeds/<str:token>.ics", feeds.feed, name="feed"),
    path("people/<uuid:uid>/calendar/", of_others.feed, name="feed_of"),
    path("people/<uuid:uid>/webhooks/", of_others.webhooks, name="webhooks_of"),
    path("webhooks/", webhooks.webhooks, name="webhooks"),
    path("webhooks/new/", webhooks.new_webhook, name="new_webhook"),
    path("webhooks/<uuid:uid>/", webhooks.webhook, name="webhook"),
    path("webhooks/<uuid:uid>/trial/", webhooks.trial, name="try_webhook"),
    path("webhooks/<uuid:uid>/resumption/", webhooks.resumption, name="resume_webhook"),
    path("webhooks/<uuid:uid>/removal/", webhooks.removal, name="remove_webhook"),
    path("webhooks/<uuid:uid>/deliveries/<uuid:delivery>/again/", webhooks.again, name="send_again"),
]
