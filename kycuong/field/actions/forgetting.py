"""Names of people leave the phone's log when they leave the record: what was said of them stays, without the name."""

from __future__ import annotations

import json
from typing import Any

from kycuong.audit.log import act, erase_before, record
from kycuong.core.sealing import keyring
from kycuong.field.models import FieldAside, FieldOp
from kycuong.field.queries.log import body_of, raw_of
from kycuong.inspections.models import Visit
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person

OF_PEOPLE = "v/"


@act
def forget_names(visit: Visit, *, by: Person | None) -> None:
    """Take the names out of everything that phones said of this visit, kept or set aside, and out of what the log held of it.

    The hash of an op stays as it was: sent again, it is known again.
    """
    authorize(by, "retention.set", at=None)
    for op in FieldOp.objects.filter(visit=visit, field__startswith=OF_PEOPLE).order_by("pk"):
        if _named(body := body_of(op)):
            FieldOp.objects.filter(pk=op.pk).update(sealed_body=_sealed(body, op.place_of_body))
            _forget(op, by)
    for aside in FieldAside.objects.filter(visit_uid=visit.uid).order_by("pk"):
        if _named(raw := raw_of(aside)):
            FieldAside.objects.filter(pk=aside.pk).update(sealed_raw=_sealed(raw, aside.place_of_raw))
            _forget(aside, by)


def _named(body: Any) -> bool:
    if not isinstance(body, dict) or not str(body.get("field")).startswith(OF_PEOPLE):
        return False
    value = body.get("value")
    return isinstance(value, dict) and bool(value.get("name"))


def _sealed(body: dict[str, Any], about: str) -> str:
    return keyring().seal(json.dumps({**body, "value": {**body["value"], "name": ""}}), about=about)


def _forget(row: FieldOp | FieldAside, by: Person | None) -> None:
    row.refresh_from_db()
    erase_before(record("retention.erase", row, by=by, op="erase"))
