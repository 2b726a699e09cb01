"""Addresses of the figures."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "reports"
urlpatterns = [
    path("", views.home, name="home"),
    path("figures/", views.figures, name="figures"),
    path("figures/print/", views.printed, name="print"),
    path("figures/scopes/", views.scopes, name="scopes"),
    path("figures/accountability/", views.accountability, name="accountability"),
    path("figures/definitions/", views.definitions, name="definitions"),
    path("plans/<uuid:uid>/progress/", views.plan_progress, name="plan_progress"),
    path("figures/<slug:name>/list/", views.listing, name="list"),
    path("figures/<slug:name>/list.<str:form>", views.export, name="export"),
]
