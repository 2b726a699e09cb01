"""A sheet of people as tests take it out, change it and send it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kycuong.audit.models import AuditEntry
from kycuong.core.clock import today
from kycuong.core.problems import RuleBroken
from kycuong.orgs.actions import create_account, grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.imports.people import PEOPLE, Done, carry_out, sheet_of
from kycuong.orgs.imports.people.columns import TITLES
from kycuong.orgs.models import Person
from kycuong.orgs.roles import ROLES
from kycuong.sheets.importing import Preview
from kycuong.sheets.writer import OutColumn, OutSheet, write_csv, write_workbook
from tests.desk import Desk

AsPerson = Callable[[Any], Client]
Row = dict[str, Any]
YESTERDAY = today() - timedelta(days=1)
SOON = today() + timedelta(days=5)
LEADER, HEAD = ROLES["leader"].title, ROLES["unit_head"].title


@pytest.fixture
def admin(desk: Desk) -> Person:
    return desk.people["system_admin"]


@pytest.fixture
def low(desk: Desk) -> Person:
    """Administers the accounts of the district only."""
    with at_the_machine():
        made, _ = create_account(
            by=None, at=desk.units["district"], username="quantri-huyen", full_name="Quản trị huyện"
        )
        grant_role(made, by=None, role="system_admin", unit=desk.units["district"], valid_from=date(2020, 1, 1))
    return made


def taken(by: Person) -> list[Row]:
    """The sheet as `by` takes it out."""
    return [dict(zip(TITLES, row, strict=True)) for row in sheet_of(by).rows]


def row_of(by: Person, username: str, **changed: Any) -> Row:
    return {**next(row for row in taken(by) if row["username"] == username), **changed}


def read(rows: Sequence[Row], by: Person | None) -> Preview:
    cells = [[row.get(key) for key in TITLES] for row in rows]
    data = write_workbook([OutSheet("Người", [OutColumn(title) for title in TITLES.values()], cells)])
    return PEOPLE.read(data, "nguoi.xlsx", by=by, options={})


def send(rows: Sequence[Row], by: Person) -> Done:
    return carry_out(read(rows, by), by=by)


def faults(rows: Sequence[Row], by: Person) -> dict[str, str]:
    """Column → what is wrong; nothing is written by asking, and nothing is done in spite of it."""
    before = AuditEntry.objects.count()
    preview = read(rows, by)
    with pytest.raises(RuleBroken):
        carry_out(preview, by=by)
    assert AuditEntry.objects.count() == before
    return {issue.title: issue.vi for issue in preview.errors}


def said(preview: Preview) -> list[tuple[str, str]]:
    return [(row.what, row.cells[1]) for row in preview.rows]


NEW: Row = {"username": "moi.vao", "full_name": "Người Mới Vào", "unit": "Huyện Đông"}


def upload(client: Client, rows: Sequence[Row]) -> str:
    data = write_csv(list(TITLES.values()), [[row.get(key) for key in TITLES] for row in rows])
    answer = client.post("/people/import/", {"file": SimpleUploadedFile("nguoi.csv", data), "sheet": ""})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]
