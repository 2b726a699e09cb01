"""A cell that somebody falsified is found, told and let go of; what is signed is never counted from one."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.core.management import call_command

from kycuong.notices.rules import StepFailed
from kycuong.orgs.models import Unit
from kycuong.reports import tasks
from kycuong.reports.figures.question import LEAD
from kycuong.reports.models import Cell, CellSet, CellStamp
from kycuong.reports.queries import figures_for, summary_for
from kycuong.upkeep.queries import findings
from kycuong.upkeep.rules import State

from .test_cells import YEAR, walls, whole

__all__ = ["walls", "whole"]
pytestmark = pytest.mark.django_db


def test_a_wrong_cell_is_told_and_can_be_dropped(whole: Unit, capsys: pytest.CaptureFixture[str]) -> None:
    figures_for(whole, YEAR, names=["visits", "units"])
    call_command("cells", "verify")
    CellSet.objects.filter(rows__contains="surprise").update(rows='[["surprise",1,7]]')
    with pytest.raises(SystemExit):
        call_command("cells", "verify")
    assert "'view': 'subject'" in capsys.readouterr().out
    call_command("cells", "drop")
    assert not Cell.objects.exists()
    assert figures_for(whole, YEAR, names=["visits"])["visits"] == 3
    call_command("cells", "verify")


def raised_by_seventy(cell: Cell) -> None:
    rows = json.loads(cell.rows)
    rows[0][-1] += 70
    Cell.objects.filter(pk=cell.pk).update(rows=json.dumps(rows))


def test_a_wrong_cell_behind_a_right_answer_is_told(whole: Unit, capsys: pytest.CaptureFixture[str]) -> None:
    """It would be believed as soon as somebody writes to another block."""
    figures_for(whole, YEAR, names=["visits"])
    cell = Cell.objects.exclude(rows="[]")[0]
    raised_by_seventy(cell)
    with pytest.raises(SystemExit):
        call_command("cells", "verify")
    right, wrong = json.loads(cell.rows)[0][-1], json.loads(Cell.objects.get(pk=cell.pk).rows)[0][-1]
    assert re.search(rf": {cell.block}: .*{wrong}\) ≠ .*{right}\)\n", capsys.readouterr().out)
    CellStamp.objects.create(block=10_000)
    with pytest.raises(SystemExit):
        call_command("cells", "verify")


def test_a_cell_that_was_taken_away_is_told(whole: Unit) -> None:
    figures_for(whole, YEAR, names=["visits"])
    cell = Cell.objects.exclude(rows="[]")[0]
    CellStamp.objects.filter(block=cell.block).update(block=10_000)  # nobody wrote to this one since the triggers stand
    cell.delete()
    with pytest.raises(SystemExit):
        call_command("cells", "verify")


def test_the_tick_finds_a_falsified_cell_and_lets_go_of_all(whole: Unit) -> None:
    assert tasks.warm_cells(date(2019, 6, 30)) == ""
    for cell in Cell.objects.exclude(rows="[]"):
        raised_by_seventy(cell)
    said = ""
    for _ in range(200):  # one set by chance each time: after so many it would be chance if none was a wrong one
        try:
            tasks.warm_cells(date(2019, 6, 30))
        except StepFailed as fault:
            said = str(fault)
            break
    assert "khác với dữ liệu" in said
    assert not CellSet.objects.exists()


def test_the_check_of_the_installation_finds_a_falsified_cell_and_its_page_does_not_count(whole: Unit) -> None:
    figures_for(whole, YEAR, names=["visits"])
    assert [one.state for one in findings(slow=True) if one.code == "cells"] == [State.GOOD]
    raised_by_seventy(Cell.objects.exclude(rows="[]")[0])
    assert [one.state for one in findings(slow=True) if one.code == "cells"] == [State.FAULT]
    assert not [one for one in findings() if one.code == "cells"]


def test_what_is_signed_is_counted_from_the_rows(whole: Unit) -> None:
    figures_for(whole, YEAR, view=LEAD)
    CellSet.objects.filter(rows__contains="surprise").update(rows='[["surprise",1,7]]')
    assert figures_for(whole, YEAR, view=LEAD, names=["visits"])["visits"] == 7, "otherwise nothing is falsified"
    assert summary_for(whole, YEAR, person=None).figures["visits"] == 3
