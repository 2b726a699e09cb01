"""Addresses of the pages of gathering."""

from __future__ import annotations

from django.urls import path

from .views import comparing, files, gatherings

app_name = "gathering"

urlpatterns = [
    path("declared/", gatherings.everything, name="list"),
    path("declared/new/", gatherings.new, name="new"),
    path("declared/<uuid:uid>/", gatherings.gathering, name="gathering"),
    path("declared/<uuid:uid>/reading/", gatherings.read_on, name="read"),
    path("declared/<uuid:uid>/confirmation/", gatherings.confirm_ready, name="confirm_ready"),
    path("declared/<uuid:uid>/comparison/", comparing.overview, name="comparison"),
    path("declared/<uuid:uid>/comparison.<str:form>", comparing.export, name="export"),
    path("declared/<uuid:uid>/comparison/<slug:agency>/", comparing.agency, name="agency"),
    path("declared/files/<uuid:uid>/", files.file, name="file"),
    path("declared/files/<uuid:uid>/confirmation/", files.confirm, name="confirm"),
    path("declared/files/<uuid:uid>/removal/", files.put_aside, name="set_aside"),
    path("declared/files/<uuid:uid>/return/", files.bring_back, name="take_back"),
    path("declared/files/<uuid:uid>/marked.xlsx", files.marked, name="marked"),
    path("declared/files/<uuid:uid>/original/", files.original, name="original"),
]
