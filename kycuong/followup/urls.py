"""Addresses of the pages of follow-up."""

from __future__ import annotations

from django.urls import path

from .views import answering, deciding, drafting, keeping, listing, measures, settings

app_name = "followup"

urlpatterns = [
    path("recommendations/", listing.recommendations, name="recommendations"),
    path("recommendations/rules/", settings.rules, name="rules"),
    path("recommendations/wordings/", settings.wordings, name="wordings"),
    path("recommendations/wordings/<slug:code>/", settings.wording, name="wording"),
    path("recommendations/wordings/<slug:code>/removal/", settings.remove_wording, name="remove_wording"),
    path("recommendations/<uuid:uid>/", listing.recommendation, name="recommendation"),
    path("recommendations/<uuid:uid>/text/", drafting.change, name="change"),
    path("recommendations/<uuid:uid>/removal/", drafting.remove, name="remove"),
    path("recommendations/<uuid:uid>/acknowledgement/", answering.acknowledge, name="acknowledge"),
    path("recommendations/<uuid:uid>/report/", answering.report, name="report"),
    path("recommendations/<uuid:uid>/extension/", answering.ask_extension, name="ask_extension"),
    path("recommendations/<uuid:uid>/receiver/", deciding.reassign, name="reassign"),
    path("recommendations/<uuid:uid>/closure/", deciding.close, name="close"),
    path("remedies/<uuid:uid>/proof/", answering.proof, name="proof"),
    path("remedies/<uuid:uid>/acceptance/", deciding.accept, name="accept"),
    path("remedies/<uuid:uid>/return/", deciding.send_back, name="send_back"),
    path("remedies/<uuid:uid>/recheck/", deciding.recheck, name="recheck"),
    path("remedies/files/<uuid:uid>/", answering.shown, name="file"),
    path("remedies/files/<uuid:uid>/small/", answering.thumbnail, name="file_thumbnail"),
    path("extensions/<uuid:uid>/answer/", deciding.answer_extension, name="answer_extension"),
    path("measures/", measures.measures, name="measures"),
    path("measures/kinds/", keeping.kinds, name="measure_kinds"),
    path("measures/kinds/new/", keeping.new_kind, name="new_measure_kind"),
    path("measures/kinds/<slug:code>/", keeping.kind, name="measure_kind"),
    path("measures/retention/", keeping.retention, name="retention"),
    path("measures/<uuid:uid>/", measures.measure, name="measure"),
    path("measures/<uuid:uid>/name/", measures.name, name="measure_name"),
    path("measures/<uuid:uid>/decision/", measures.decide, name="decide_measure"),
    path("measures/<uuid:uid>/refusal/", measures.decline, name="decline_measure"),
    path("visits/<uuid:uid>/measures/proposal/", measures.propose, name="propose_measure"),
    path("visits/<uuid:uid>/measures/decision/", measures.record, name="record_measure"),
    path("visits/<uuid:uid>/hold/", keeping.hold, name="hold"),
    path("conclusions/<uuid:uid>/recommendations/", drafting.draft, name="draft"),
    path("conclusions/<uuid:uid>/recommendations/all/", drafting.draft_all, name="draft_all"),
]
