"""The wordings that come with the program: one for each criterion that is compared, installed once, never over an office's own."""

from __future__ import annotations

import pytest

from kycuong.catalog.models import Criterion
from kycuong.core.problems import NotAllowed
from kycuong.followup import actions
from kycuong.followup.models import StandardWording
from tests.desk import Desk, desk

__all__ = ["desk"]


def test_each_criterion_gets_a_wording_and_what_an_office_wrote_stays(desk: Desk) -> None:
    by = desk.people["aggregator"]
    actions.write_wording(by=by, criterion_code="D3", text="Lắp biển tên theo mẫu của tỉnh.")
    made = actions.install_standard_wordings(by=by)
    asked = set(Criterion.objects.filter(checklist=desk.checklist, counted=True).values_list("code", flat=True))
    assert {one.criterion_code for one in made} == asked - {"D3"}
    assert StandardWording.objects.get(criterion_code="D3").text == "Lắp biển tên theo mẫu của tỉnh."
    assert actions.install_standard_wordings(by=by) == []


def test_only_whoever_sets_rules_installs_them(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        actions.install_standard_wordings(by=desk.people["team_head"])
