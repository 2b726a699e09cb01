"""Addresses of the pages of inspections, visits and findings."""

from __future__ import annotations

from django.urls import path

from .views import findings, imports, inspections, previews, visits

app_name = "inspections"

urlpatterns = [
    path("checklists/<str:version>/preview/", previews.checklist, name="checklist_preview"),
    path("inspections/", inspections.inspections, name="inspections"),
    path("inspections/new/", inspections.open_inspection, name="open"),
    path("inspections/import/", imports.upload, name="import"),
    path("inspections/import/template.xlsx", imports.template, name="import_template"),
    path("inspections/import/<str:token>/", imports.preview, name="import_preview"),
    path("inspections/import/<str:token>/errors.xlsx", imports.marked, name="import_errors"),
    path("inspections/<uuid:uid>/", inspections.inspection, name="inspection"),
    path("inspections/<uuid:uid>/visits/", inspections.add_visit, name="add_visit"),
    path("inspections/<uuid:uid>/cancellation/", inspections.cancel, name="cancel"),
    path("visits/new/", inspections.new_visit, name="new_visit"),
    path("visits/<uuid:uid>/", visits.visit, name="visit"),
    path("visits/<uuid:uid>/signing/", visits.sign, name="sign"),
    path("visits/<uuid:uid>/minutes/", visits.minutes, name="minutes"),
    path("visits/<uuid:uid>/minutes/number/", visits.number, name="number"),
    path("visits/<uuid:uid>/annulment/", visits.annul, name="annul"),
    path("visits/<uuid:uid>/removal/", visits.remove, name="remove"),
    path("findings/<uuid:uid>/", findings.change, name="finding"),
    path("findings/<uuid:uid>/removal/", findings.remove, name="remove_finding"),
    path("findings/<uuid:uid>/remedy/", findings.remedy, name="remedy"),
]
