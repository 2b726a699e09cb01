"""Accounts of the generated nation: one for every role, with the password of the demonstration. They open nothing but generated data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kycuong.demo.accounts import ACCOUNTS, DEMO_PASSWORD
from kycuong.orgs.actions import create_account, grant_role
from kycuong.orgs.models import Unit

AT_THE_TOP = ("aggregator", "leader", "auditor", "system_admin")
AT_A_DEPARTMENT = ("team_head", "team_member", "records_clerk")


def make_accounts(nation: Unit, department: Unit, commune: Unit) -> None:
    """The user names of the demonstration, at the nation, at a department and at a commune."""
    places: Mapping[str, Unit] = dict.fromkeys(AT_THE_TOP, nation) | dict.fromkeys(AT_A_DEPARTMENT, department)
    for account in ACCOUNTS:
        unit = places.get(account.role, commune)
        person, _ = create_account(
            by=None,
            at=unit,
            username=account.username,
            full_name=f"{account.role} (tạo sinh)",
            position="Tài khoản của dữ liệu tạo sinh",
            password=DEMO_PASSWORD,
        )
        grant_role(person, by=None, role=account.role, unit=unit, valid_from=since(unit))


def since(unit: Unit) -> date:
    """The first day of the unit: nobody holds a role at one that is not there yet."""
    return unit.versions.order_by("valid_from").values_list("valid_from", flat=True)[0]
