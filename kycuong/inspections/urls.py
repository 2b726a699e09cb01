"""Addresses of the pages of inspections, visits and findings."""

from __future__ import annotations

from django.urls import path

from .views import conclusions, conflicts, findings, imports, inspections, previews, signed, teams, visits

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
    path("inspections/<uuid:uid>/team/", teams.team, name="team"),
    path("inspections/<uuid:uid>/groups/", teams.groups, name="groups"),
    path("inspections/<uuid:uid>/decision/", teams.decision, name="decision"),
    path("inspections/<uuid:uid>/declaration/", conflicts.declaration, name="declaration"),
    path("inspections/<uuid:uid>/waiver/", conflicts.waiver, name="waiver"),
    path("inspections/<uuid:uid>/report/", conclusions.report, name="report"),
    path("visits/new/", inspections.new_visit, name="new_visit"),
    path("visits/<uuid:uid>/", visits.visit, name="visit"),
    path("visits/<uuid:uid>/signing/", visits.sign, name="sign"),
    path("visits/<uuid:uid>/minutes/", signed.minutes, name="minutes"),
    path("visits/<uuid:uid>/minutes/number/", signed.number, name="number"),
    path("visits/<uuid:uid>/minutes/addenda/", signed.add_addendum, name="add_addendum"),
    path("visits/<uuid:uid>/annulment/", signed.annul, name="annul"),
    path("visits/<uuid:uid>/conclusion/", conclusions.draft, name="draft_conclusion"),
    path("visits/<uuid:uid>/removal/", visits.remove, name="remove"),
    path("conclusions/<uuid:uid>/", conclusions.conclusion, name="conclusion"),
    path("conclusions/<uuid:uid>/text/", conclusions.change, name="change_conclusion"),
    path("conclusions/<uuid:uid>/sharing/", conclusions.share, name="share_conclusion"),
    path("conclusions/<uuid:uid>/reply/", conclusions.reply, name="reply_to_conclusion"),
    path("conclusions/<uuid:uid>/return/", conclusions.send_back, name="return_conclusion"),
    path("conclusions/<uuid:uid>/approval/", conclusions.approve, name="approve_conclusion"),
    path("conclusions/<uuid:uid>/issue/", conclusions.issue, name="issue_conclusion"),
    path("conclusions/<uuid:uid>/number/", conclusions.number, name="number_conclusion"),
    path("recusals/", conflicts.recusals, name="recusals"),
    path("recusals/new/", conflicts.add_recusal, name="add_recusal"),
    path("recusals/<uuid:uid>/end/", conflicts.end_recusal, name="end_recusal"),
    path("findings/<uuid:uid>/", findings.change, name="finding"),
    path("findings/<uuid:uid>/removal/", findings.remove, name="remove_finding"),
    path("findings/<uuid:uid>/remedy/", findings.remedy, name="remedy"),
]
