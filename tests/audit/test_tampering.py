"""The tamper campaign of the scorecard: no change of any column of any protected table goes unnoticed, by either database's ways."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Model

from kycuong.audit import reconcile
from kycuong.audit.protected import image_fields, protected_models
from tests.budget import long_run

from .campaign import Campaign, furnish, product, remembering_log, told
from .ledger import undone

pytestmark = pytest.mark.django_db
MUTATIONS = 1_000_000 if long_run() else 0
SAMPLE = 512 if long_run() else 3


@pytest.fixture
def furnished(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with undone():
        furnish()
        assert reconcile.differences() == []
        monkeypatch.setattr(reconcile, "last_entries", remembering_log(reconcile.last_entries))
        yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
    assert transaction.get_connection().in_atomic_block


def test_no_change_of_any_column_goes_unnoticed(furnished: None) -> None:
    reported_where_nobody_compares()
    campaign = Campaign(product)
    while True:
        for model in protected_models():
            campaign.run(model, sample=SAMPLE)
            if MUTATIONS:
                told(campaign, MUTATIONS)
        if campaign.total >= MUTATIONS:
            break
    sys.stderr.write(
        f"\ntamper campaign: {campaign.total} mutations of {len(campaign.tried)} tables, {len(campaign.columns)} kinds of place\n"
    )
    assert campaign.undetected == []
    for model in protected_models():
        label = model._meta.label
        touched = {what for table, what in campaign.columns if table == label}
        assert {str(one.column) for one in image_fields(model)} <= touched, label
        assert "delete" in touched, label
    tables = {
        what: len({table for table, kind in campaign.columns if kind == what})
        for what in ("insert", "renumber", "swap")
    }
    assert tables["insert"] > 20, "a copied row is refused where a column is unique"
    assert min(tables["renumber"], tables["swap"]) > 100


def reported_where_nobody_compares() -> None:
    """The control: of a table that is not compared the campaign reports every change."""

    def careless(model: type[Model], pks: list[Any] | None) -> bool:
        return model._meta.label != "inspections.Finding" and product(model, pks)

    campaign = Campaign(careless)
    for model in protected_models():
        if model._meta.label in ("inspections.Finding", "catalog.Topic"):
            campaign.run(model, sample=2)
    assert len(campaign.undetected) == campaign.tried["inspections.Finding"] > 40
    assert campaign.tried["catalog.Topic"] > 10
