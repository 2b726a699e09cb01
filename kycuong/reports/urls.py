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
    path("figures/par/", views.par, name="par"),
    path("figures/par.<str:form>", views.par_file, name="par_file"),
    path("figures/par/rules/", views.par_rules, name="par_rules"),
    path("figures/par/rules/<slug:criterion>/", views.par_rule, name="par_rule"),
    path("figures/summary/", views.summary, name="summary"),
    path("figures/summary.<str:form>", views.summary_file, name="summary_file"),
    path("figures/ranking/", views.ranking, name="ranking"),
    path("figures/ranking.<str:form>", views.ranking_file, name="ranking_file"),
    path("figures/ranking/rules/", views.ranking_rule, name="ranking_rule"),
    path("plans/<uuid:uid>/progress/", views.plan_progress, name="plan_progress"),
    path("figures/<slug:name>/list/", views.listing, name="list"),
    path("figures/<slug:name>/list.<str:form>", views.export, name="export"),
]
