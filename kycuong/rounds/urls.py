"""Addresses of the pages of periodic reports."""

from __future__ import annotations

from django.urls import path

from .views import evidence, listing, reports, rounds, settings, signed, signing, submissions

app_name = "rounds"

urlpatterns = [
    path("rounds/", listing.everything, name="list"),
    path("figures/par/evidence.zip", evidence.evidence, name="evidence"),
    path("rounds/rules/", settings.rules, name="rules"),
    path("rounds/new/", rounds.new, name="new"),
    path("rounds/<uuid:uid>/", rounds.one_round, name="round"),
    path("rounds/<uuid:uid>/text/", rounds.change, name="change"),
    path("rounds/<uuid:uid>/removal/", rounds.remove, name="remove"),
    path("rounds/<uuid:uid>/opening/", rounds.send, name="open"),
    path("rounds/<uuid:uid>/cancellation/", rounds.cancel, name="cancel"),
    path("rounds/<uuid:uid>/reminders/", rounds.remind, name="remind"),
    path("rounds/<uuid:uid>/signature/", signing.sign, name="sign"),
    path("rounds/reports/<uuid:uid>/", reports.report, name="report"),
    path("rounds/reports/<uuid:uid>/submission/", reports.submit, name="submit"),
    path("rounds/reports/<uuid:uid>/acceptance/", reports.accept, name="accept"),
    path("rounds/reports/<uuid:uid>/return/", reports.give_back, name="return"),
    path("rounds/submissions/<uuid:uid>/", submissions.submission, name="submission"),
    path("rounds/submissions/<uuid:uid>.<str:form>", submissions.submission_as, name="submission_file"),
    path("rounds/signed/<uuid:uid>/", signed.signed, name="signed"),
    path("rounds/signed/<uuid:uid>/changes/", signed.changes, name="changes"),
    path("rounds/signed/<uuid:uid>/number/", signed.number, name="number"),
    path("rounds/signed/<uuid:uid>.<str:form>", signed.signed_as, name="signed_file"),
]
