"""Addresses of the catalogue's pages."""

from __future__ import annotations

from django.urls import path

from .views import bases, comparing, content, drafting, imports, reading

app_name = "catalog"

DRAFT = "checklists/drafts/<uuid:uid>/"

urlpatterns = [
    path("checklists/", reading.checklists, name="checklists"),
    path("checklists/versions/", drafting.versions, name="versions"),
    path("checklists/versions/new/", drafting.new, name="new"),
    path("checklists/compare/", comparing.comparison, name="compare"),
    path("checklists/import/", imports.upload, name="import"),
    path("checklists/import/template.xlsx", imports.template, name="import_template"),
    path("checklists/import/<str:token>/", imports.preview, name="import_preview"),
    path("checklists/import/<str:token>/errors.xlsx", imports.marked, name="import_errors"),
    path("checklists/bases/", bases.bases, name="bases"),
    path("checklists/bases/new/", bases.new, name="new_basis"),
    path("checklists/bases/<uuid:uid>/", bases.change, name="basis"),
    path(DRAFT, drafting.draft, name="draft"),
    path(f"{DRAFT}name/", drafting.rename, name="rename"),
    path(f"{DRAFT}publication/", drafting.publish, name="publish"),
    path(f"{DRAFT}removal/", drafting.remove, name="remove"),
    path(f"{DRAFT}groups/", content.new_group, name="new_group"),
    path(f"{DRAFT}groups/<str:code>/", content.group, name="group"),
    path(f"{DRAFT}groups/<str:code>/removal/", content.remove_group, name="remove_group"),
    path(f"{DRAFT}groups/<str:code>/criteria/", content.new_criterion, name="new_criterion"),
    path(f"{DRAFT}criteria/<str:code>/", content.criterion, name="criterion"),
    path(f"{DRAFT}criteria/<str:code>/place/", content.move, name="move"),
    path(f"{DRAFT}criteria/<str:code>/removal/", content.remove, name="remove_criterion"),
    path("checklists/<str:version>/", reading.checklist, name="checklist"),
    path("checklists/<str:version>/file.xlsx", comparing.export, name="export"),
]
