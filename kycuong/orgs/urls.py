"""Addresses of the pages of units and people."""

from __future__ import annotations

from django.urls import path

from .views import changes, imports, people, people_sheet, standing_in, units

app_name = "orgs"

urlpatterns = [
    path("units/", units.units, name="units"),
    path("units/search/", units.search, name="search"),
    path("units/search/options/", units.options, name="options"),
    path("units/change/", changes.chooser, name="changes"),
    path("units/change/<slug:kind>/", changes.change, name="change"),
    path("units/import/", imports.upload, name="import"),
    path("units/import/template.xlsx", imports.template, name="import_template"),
    path("units/import/<str:token>/", imports.preview, name="import_preview"),
    path("units/import/<str:token>/errors.xlsx", imports.marked, name="import_errors"),
    path("units/<slug:slug>/", units.unit, name="unit"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new_person, name="new_person"),
    path("people/import/", people_sheet.upload, name="people_import"),
    path("people/import/people.xlsx", people_sheet.take_xlsx, name="people_sheet"),
    path("people/import/people.csv", people_sheet.take_csv, name="people_sheet_csv"),
    path("people/import/<str:token>/", people_sheet.preview, name="people_import_preview"),
    path("people/import/<str:token>/errors.xlsx", people_sheet.marked, name="people_import_errors"),
    path("people/<uuid:uid>/", people.person, name="person"),
    path("people/<uuid:uid>/password/", people.new_password, name="new_password"),
    path("people/<uuid:uid>/close/", people.close, name="close_person"),
    path("people/<uuid:uid>/reopen/", people.reopen, name="reopen_person"),
    path("people/<uuid:uid>/roles/<uuid:role>/end/", people.end_role, name="end_role"),
    path("me/", people.me, name="me"),
    path("me/standing-in/", standing_in.mine, name="standing_in"),
    path("standing-in/for/<uuid:role>/", standing_in.name, name="name_stand_in"),
    path("standing-in/<uuid:uid>/", standing_in.one, name="stand_in"),
    path("standing-in/<uuid:uid>/end/", standing_in.take_back, name="take_back"),
    path("why/", people.why, name="why"),
]
