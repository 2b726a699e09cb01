"""Every table is protected, or says why not."""

from __future__ import annotations

import pytest
from django.apps import apps

from kycuong.audit.protected import PROTECTED, UNPROTECTED, image_fields, protected_models

THE_LOG_ITSELF = {"audit.AuditEntry", "audit.AuditBody", "audit.AuditHead"}
OURS = [app.label for app in apps.get_app_configs() if app.name.startswith("kycuong.")]
LABELS = {model._meta.label for app in OURS for model in apps.get_app_config(app).get_models(include_auto_created=True)}


def test_every_table_of_ours_is_in_one_list() -> None:
    assert PROTECTED.keys() | UNPROTECTED.keys() == LABELS - THE_LOG_ITSELF
    assert not PROTECTED.keys() & UNPROTECTED.keys()


def test_every_exception_has_a_reason() -> None:
    assert all(len(reason) > 20 for reason in UNPROTECTED.values())


@pytest.mark.parametrize("model", list(protected_models()), ids=lambda model: model._meta.label)
def test_left_out_columns_exist_and_the_key_is_never_left_out(model: type) -> None:
    columns = {field.column for field in model._meta.concrete_fields}
    kept = {field.column for field in image_fields(model)}
    assert columns - kept == PROTECTED[model._meta.label] <= columns
    assert {model._meta.pk.column} | ({"uid"} & columns) <= kept
