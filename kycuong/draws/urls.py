"""Addresses of the pages of draws."""

from __future__ import annotations

from django.urls import path

from .views import acts, committing, pages, seating

app_name = "draws"

urlpatterns = [
    path("draws/", pages.draws, name="draws"),
    path("draws/how/", pages.how, name="how"),
    path("draws/verify_draw.py", pages.script, name="script"),
    path("draws/new/", committing.targets, name="new"),
    path("draws/new/inspectors/", committing.inspectors, name="new_inspectors"),
    path("draws/<uuid:uid>/", pages.draw, name="draw"),
    path("draws/<uuid:uid>/proof.json", pages.proof, name="proof"),
    path("draws/<uuid:uid>/beacon/", acts.beacon, name="beacon"),
    path("draws/<uuid:uid>/sealed/", acts.sealed, name="sealed"),
    path("draws/<uuid:uid>/inspection/", acts.inspection, name="inspection"),
    path("draws/<uuid:uid>/team/", seating.team, name="team"),
    path("draws/<uuid:uid>/revelation/", acts.reveal, name="reveal"),
    path("draws/<uuid:uid>/abandonment/", acts.abandon, name="abandon"),
]
