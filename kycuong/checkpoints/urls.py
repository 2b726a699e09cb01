"""Addresses of the pages of checkpoints and receipts."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "checkpoints"

urlpatterns = [
    path("checkpoints/", views.checkpoints, name="list"),
    path("checkpoints/<int:size>.txt", views.note, name="note"),
    path("checkpoints/<int:size>.tsr", views.stamp, name="stamp"),
    path("receipts/", views.check_receipt, name="check_receipt"),
    path("receipts/<slug:kind>/<uuid:uid>/", views.receipt, name="receipt"),
    path("receipts/<slug:kind>/<uuid:uid>.<str:form>", views.receipt_as, name="receipt_as"),
]
