"""Every address of the system, by capability."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path

from . import calendar, health, help, mine, staying
from .api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("api/v1/", api.urls),
    path("mine/", mine.mine, name="mine"),
    path("calendar/", calendar.month, name="calendar"),
    path("help/", help.help_page, name="help"),
    path("help/guide/", help.guides, name="guides"),
    path("help/guide/account/", help.guide_for_everybody, name="guide_for_everybody"),
    path("help/guide/<slug:name>/", help.guide_page, name="guide"),
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("session/", staying.session, name="session"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/", account.password_change, name="account_change_password"),
    path("ui/", include("kycuong.ui.urls")),
    path("", include("kycuong.signin.urls")),
    path("", include("kycuong.notices.urls")),
    path("", include("kycuong.features.urls")),
    path("", include("kycuong.orgs.urls")),
    path("", include("kycuong.checkpoints.urls")),
    path("", include("kycuong.upkeep.urls")),
    path("", include("kycuong.deadlines.urls")),
    path("", include("kycuong.letterheads.urls")),
    path("", include("kycuong.plans.urls")),
    path("", include("kycuong.catalog.urls")),
    path("", include("kycuong.exports.urls")),
    path("", include("kycuong.inspections.urls")),
    path("", include("kycuong.followup.urls")),
    path("", include("kycuong.selfchecks.urls")),
    path("", include("kycuong.draws.urls")),
    path("", include("kycuong.field.urls")),
    path("", include("kycuong.rounds.urls")),
    path("", include("kycuong.reports.urls")),
    path("", include("kycuong.gathering.urls")),
    path("", include("kycuong.connect.urls")),
    path("", include("kycuong.openness.urls")),
    path("", include("kycuong.demo.urls")),
]

handler400 = "kycuong.site.errors.bad_request"
handler403 = "kycuong.site.errors.not_allowed"
handler404 = "kycuong.site.errors.not_found"
handler500 = "kycuong.site.errors.fault"
