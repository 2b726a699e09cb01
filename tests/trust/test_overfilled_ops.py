"""Columns that nobody asked for in what a phone sends: beside an op, within its value, beside the envelope. None reaches a record."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps

from kycuong.field.models import FieldAside, FieldOp
from kycuong.field.rules.ops import KNOWN
from kycuong.inspections.models import Visit
from tests.desk import Desk
from tests.field.phone import Phone
from tests.still import Still

OURS = ("inspections", "field", "files", "orgs", "audit", "followup")
WRITTEN_OF_ANY = {
    "field_fieldaside", "field_fielddevice", "field_fieldvisit", "field_fieldop", "field_fieldhead", "field_fieldmedia", "audit_auditentry", "audit_auditbody", "audit_audithead", "signin_signedin",
}  # fmt: skip
"""What each sending writes: the log of the phone, what was set aside, that the phone was heard of; once a minute, that the session was."""
PERSON, FINDING, MEDIA, SIGNATURE, ADDENDUM = (f"0198c0de-0000-7000-8000-00000000000{number}" for number in range(1, 6))
SAID: dict[str, Any] = {
    "a/C3": {"answer": "pass"},
    "h": {"quota": 12, "present": 12, "absent_excused": 0, "absent_unexcused": 0, "late": 0},
    "t/strengths": "Trực đầy đủ",
    "t/explanation": "Đã giải trình",
    "e/C3": {"note": "ghi chú"},
    f"f/{FINDING}": {"description": "Không đeo thẻ", "criterion_code": "", "severity": "minor"},
    f"v/{PERSON}": {"finding": FINDING, "category": "official", "position": "Công chức", "name": ""},
    f"m/{MEDIA}": {"sha256": "0" * 64, "size": 9, "mime": "image/jpeg", "caption": "", "criterion_code": "", "w": 1, "h": 1, "orig_sha256": "0" * 64, "taken_wall": 1, "gps": None},
    f"s/{SIGNATURE}": {"role": "head"},
    f"d/{ADDENDUM}": {"text": "thêm"},
    "st/start": 1_760_000_000_000,
    "st/finish": 1_760_000_000_000,
}  # fmt: skip
"""Each kind of op with a value that is nearly sound or sound."""


def columns() -> list[str]:
    """The name of every column of every table that a phone's words come near, and of what they refer to."""
    fields = [
        field
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.concrete_fields
    ]
    return sorted({name for field in fields for name in (field.name, field.attname)})


def taking(name: str, desk: Desk) -> Any:
    """A value that would be noticed."""
    if name.endswith("_id") or name == "id":
        return desk.outsider.pk
    if name.endswith(("_at", "_on")):
        return "1999-01-01T00:00:00+00:00"
    return {"state": "signed", "version": 99, "is_staff": True, "uid": str(uuid4())}.get(name, "issued")


@pytest.fixture
def head(desk: Desk) -> Phone:
    return Phone(desk.people["team_head"])


def test_a_column_beside_an_op_sets_it_aside_and_changes_nothing(desk: Desk, head: Phone) -> None:
    visit, names = desk.visit(), [name for name in columns() if name not in KNOWN]
    assert len(names) > 150
    head.sent([head.say(visit, "t/strengths", "trước")])
    still = Still()
    tried = Counter[str]()
    with still.watching():
        for field, value in SAID.items():
            ops = [head.say(visit, field, value, **{name: taking(name, desk)}) for name in names]
            for begin in range(0, len(ops), 100):
                told = head.sent(ops[begin : begin + 100])
                tried.update(one["status"] for one in told)
    assert set(tried) == {"set_aside"}
    assert tried.total() == len(names) * len(SAID)
    assert FieldAside.objects.filter(why="misshapen").count() == tried.total()
    assert FieldOp.objects.count() == 1
    assert set(still.changed()) <= WRITTEN_OF_ANY, still.changed()


@pytest.mark.parametrize("field", [field for field, value in SAID.items() if isinstance(value, dict)])
def test_a_column_within_a_value_is_refused_or_takes_no_effect(desk: Desk, head: Phone, field: str) -> None:
    """Whether the record then is what the same words without the column would have made of it."""
    more = {name: taking(name, desk) for name in columns() if name not in SAID[field]}
    plain, full = (made_of(desk, head, field, {**given, **SAID[field]}) for given in ({}, more))
    if field == "h":
        assert full == {} != plain, "the sheet is refused whole"
    else:
        assert full == plain


def made_of(desk: Desk, head: Phone, field: str, value: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """What the record of a fresh visit holds then of this field, without what is another one for each visit."""
    visit = desk.visit()
    before = record_of(visit)
    fresh = str(uuid4())
    kind, slash, key = field.partition("/")
    here = {FINDING: str(uuid4())}
    head.sent([head.say(visit, f"f/{here[FINDING]}", SAID[f"f/{FINDING}"])] if kind == "v" else [])
    value = {name: here.get(given, given) if isinstance(given, str) else given for name, given in value.items()}
    head.sent([head.say(visit, f"{kind}{slash}{fresh if len(key) == 36 else key}", value)])
    after = record_of(visit)
    return {
        name: [row for row in rows if row not in before[name]] for name, rows in after.items() if rows != before[name]
    }


UNIQUE = ("id", "uid", "visit_id", "finding_id", "inspection_id", "version", "row", "created_at", "opened_at")


def record_of(visit: Visit) -> dict[str, list[dict[str, Any]]]:
    """Every row about the visit."""
    found = {"visit": Visit.objects.filter(pk=visit.pk).values()}
    found |= {
        model._meta.label: model._base_manager.filter(**{way: visit}).values()
        for model in apps.get_app_config("inspections").get_models()
        for way in ("visit", "finding__visit")
        if way.partition("__")[0] in {one.name for one in model._meta.concrete_fields}
    }
    return {
        name: sorted(({key: said for key, said in row.items() if key not in UNIQUE} for row in rows), key=repr)
        for name, rows in found.items()
    }


def test_a_column_beside_the_envelope_is_told_and_changes_nothing(desk: Desk, head: Phone) -> None:
    visit, known = desk.visit(), {"device", "sent_wall", "seq_head", "queued", "ops"}
    op = head.say(visit, "t/strengths", "được")
    still = Still()
    statuses = Counter[int]()
    with still.watching():
        for name in columns():
            if name not in known:
                statuses[head.send([op], **{name: taking(name, desk)}).status_code] += 1
    assert set(statuses) <= {200, 422}, statuses
    assert set(still.changed()) <= WRITTEN_OF_ANY | {"inspections_visit", "inspections_inspection"}
