"""What stands above provinces is made at the machine: nobody makes it out of a unit of theirs, and so decides for all."""

from __future__ import annotations

from datetime import date

import pytest

from kycuong.core.problems import RuleBroken
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.forms.changes import CreateForm, RenameForm
from kycuong.orgs.history import Draft, create_units
from kycuong.orgs.history.plans import plan_rename
from kycuong.orgs.models import Edge, Unit, UnitVersion
from tests.desk import Desk

DAY = date(2026, 3, 2)


def test_no_unit_is_made_or_becomes_a_nation(desk: Desk) -> None:
    with at_the_machine(), pytest.raises(RuleBroken, match="đứng trên mọi tỉnh"):
        create_units([Draft("Cả nước", "nation", desk.units["department"])], by=None, on=DAY)
    with pytest.raises(RuleBroken, match="đứng trên mọi tỉnh"):
        plan_rename(desk.units["division"], on=DAY, kind="nation")
    for form in (CreateForm, RenameForm):
        assert "nation" not in dict(form.base_fields["kind"].choices)  # type: ignore[attr-defined]


def test_what_calls_itself_a_nation_below_another_decides_for_nobody(desk: Desk) -> None:
    under = Unit.objects.create(slug="gia")
    UnitVersion.objects.create(unit=under, name="Cả nước", kind="nation", search_key="x", sort_key="x", valid_from=DAY)
    Edge.objects.create(child=under, parent=desk.units["department"], valid_from=DAY)
    assert Unit.objects.top() == desk.units["province"]
    above = Unit.objects.create(slug="ca-nuoc")
    UnitVersion.objects.create(unit=above, name="Cả nước", kind="nation", search_key="x", sort_key="x", valid_from=DAY)
    assert Unit.objects.top() == above


def test_a_province_below_another_unit_decides_for_nobody(desk: Desk) -> None:
    Unit.objects.filter(pk=desk.units["province"].pk).update(slug="goc")
    assert (top := Unit.objects.top()) is not None
    assert top.slug == "goc"
    Edge.objects.create(child=top, parent=desk.units["department"], valid_from=DAY)
    assert Unit.objects.top() is None
