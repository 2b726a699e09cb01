"""Addresses of papers: documents as files, the checker, the settings of a unit."""

from __future__ import annotations

from django.urls import path

from .views import files, settings, templates

app_name = "letterheads"

urlpatterns = [
    path("papers/", settings.papers, name="papers"),
    path("papers/check/", files.check, name="check"),
    path("papers/units/<slug:slug>/", settings.unit, name="unit"),
    path("papers/units/<slug:slug>/head/", settings.head, name="head"),
    path("papers/units/<slug:slug>/signing/<slug:paper>/", settings.signing, name="signing"),
    path("papers/units/<slug:slug>/wording/<slug:paper>/<slug:piece>/", settings.wording, name="wording"),
    path("papers/units/<slug:slug>/templates/<slug:paper>/", templates.templates, name="templates"),
    path("papers/units/<slug:slug>/templates/<slug:paper>/standard/", templates.standard, name="standard"),
    path("papers/units/<slug:slug>/templates/<slug:paper>/start.docx", templates.starting, name="starting"),
    path("papers/templates/<uuid:uid>/", templates.template, name="template"),
    path("papers/templates/<uuid:uid>/<slug:which>.<str:form>", templates.file, name="template_file"),
    path("papers/units/<slug:slug>/sample/<slug:paper>.<str:form>", files.sample, name="sample"),
    path("papers/<slug:paper>/<uuid:uid>.<str:form>", files.document, name="document"),
]
