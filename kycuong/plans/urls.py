"""Addresses of the pages of plans."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "plans"

urlpatterns = [
    path("plans/", views.plans, name="plans"),
    path("plans/new/", views.new, name="new"),
    path("plans/theme/", views.theme, name="theme"),
    path("plans/overlaps/", views.overlaps, name="overlaps"),
    path("plans/overlaps/limits/", views.limits, name="limits"),
    path("plans/reminders/", views.remind, name="remind"),
    path("plans/theme/spreading/", views.spreading, name="spreading"),
    path("plans/theme/spreading/new/", views.new_spread, name="new_spread"),
    path("plans/theme/spreading/of/<slug:slug>/", views.spread_by, name="spread_by"),
    path("plans/theme/spreading/<uuid:uid>/withdrawal/", views.withdraw_spread, name="withdraw_spread"),
    path("plans/unit-options/", views.unit_options, name="unit_options"),
    path("plans/<uuid:uid>/", views.plan, name="plan"),
    path("plans/<uuid:uid>/text/", views.change, name="change"),
    path("plans/<uuid:uid>/number/", views.number, name="number"),
    path("plans/<uuid:uid>/copy/", views.copy, name="copy"),
    path("plans/<uuid:uid>/items/", views.new_item, name="new_item"),
    path("plans/items/<uuid:uid>/", views.item, name="item"),
    path("plans/items/<uuid:uid>/removal/", views.remove_item, name="remove_item"),
    *(path(f"plans/<uuid:uid>/{name}/", views.step, {"name": name}, name=name) for name in views.STEPS),
]
