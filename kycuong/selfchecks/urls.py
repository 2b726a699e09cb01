"""Addresses of the pages of self-checks."""

from __future__ import annotations

from django.urls import path

from .views import campaigns, checks, gaps, listing, settings

app_name = "selfchecks"

urlpatterns = [
    path("self-checks/", listing.everything, name="list"),
    path("self-checks/rules/", settings.rules, name="rules"),
    path("self-checks/campaigns/new/", campaigns.new, name="new"),
    path("self-checks/campaigns/<uuid:uid>/", campaigns.campaign, name="campaign"),
    path("self-checks/campaigns/<uuid:uid>/text/", campaigns.change, name="change"),
    path("self-checks/campaigns/<uuid:uid>/removal/", campaigns.remove, name="remove"),
    path("self-checks/campaigns/<uuid:uid>/sending/", campaigns.send, name="send"),
    path("self-checks/campaigns/<uuid:uid>/closure/", campaigns.close, name="close"),
    path("self-checks/campaigns/<uuid:uid>/gap/", gaps.gap, name="gap"),
    path("self-checks/<uuid:uid>/", checks.check, name="check"),
    path("self-checks/<uuid:uid>/submission/", checks.submit, name="submit"),
    path("self-checks/<uuid:uid>/reopening/", checks.reopen, name="reopen"),
]
