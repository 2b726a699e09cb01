"""Addresses of openness: the public page and its files; the pages of those who answer for it."""

from __future__ import annotations

from django.urls import path

from .views import handling, keeping, public, reporting

app_name = "openness"

urlpatterns = [
    path("public/", public.page_of_all, name="public"),
    path("public/inspections.csv", public.inspections_csv, name="inspections_csv"),
    path("public/inspections.json", public.inspections_json, name="inspections_json"),
    path("public/years.csv", public.years_csv, name="years_csv"),
    path("public/years.json", public.years_json, name="years_json"),
    path("report/", reporting.state_of_report, name="follow"),
    path("report/<slug:unit>/", reporting.report_of_unit, name="report_of_unit"),
    path("report/<slug:unit>/poster/", handling.poster, name="poster"),
    path("citizen-reports/", handling.listed, name="reports"),
    path("citizen-reports/<uuid:uid>/", handling.report, name="report"),
    path("openness/", keeping.keeping, name="keeping"),
    path("openness/opening/", keeping.opening, name="opening"),
    path("openness/closing/", keeping.closing, name="closing"),
    path("openness/rules/", keeping.rules, name="rules"),
]
