"""Addresses of the phone and of the desk's pages about it."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import devices, late, policy, received, shell

app_name = "field"

urlpatterns: list[URLPattern] = [
    path("field/", shell.shell, name="shell"),
    path("field/sw.js", shell.worker, name="worker"),
    path("field/manifest.webmanifest", shell.manifest, name="manifest"),
    path("field/devices/", devices.devices, name="devices"),
    path("field/devices/<uuid:uid>/revocation/", devices.revoke, name="revoke"),
    path("field/devices/<uuid:uid>/key/", devices.approve_key, name="approve_key"),
    path("field/policy/", policy.policy, name="policy"),
    path("field/devices/<uuid:uid>/unplaced/", devices.unplaced, name="unplaced"),
    path("field/received/", received.received, name="received"),
    path("field/visits/<uuid:uid>/", received.visit, name="visit"),
    path("field/visits/<uuid:uid>/resolution/", received.resolve, name="resolve"),
    path("field/visits/<uuid:uid>/acceptance/", received.accept, name="accept"),
    path("field/visits/<uuid:uid>/missing/", received.lose, name="missing"),
    path("field/visits/<uuid:uid>/addendum/", late.join, name="join"),
    path("field/visits/<uuid:uid>/beside/", late.beside, name="beside"),
    path("field/photos/<uuid:uid>/", late.photo, name="photo"),
    path("field/visits/<uuid:uid>/signature/", received.discard, name="discard"),
]
