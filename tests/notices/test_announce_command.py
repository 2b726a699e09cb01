"""`./run announce`: by whoever has the machine, by the same act and with the same refusals."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command

from kycuong.core.clock import today
from kycuong.core.problems import BadInput, RuleBroken
from kycuong.notices.models import Announcement
from kycuong.notices.queries import shown_to
from tests.desk import Desk

pytestmark = pytest.mark.django_db
LAST = (today() + timedelta(days=2)).isoformat()


def lines(capsys: pytest.CaptureFixture[str], *words: str) -> list[list[str]]:
    call_command("announce", *words)
    return [line.split("\t") for line in capsys.readouterr().out.splitlines()]


def test_it_announces_lists_and_ends(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    slug = desk.units["district"].slug
    assert lines(capsys) == []
    [line] = lines(capsys, "Bảo trì tối thứ bảy", "--unit", slug, "--last", LAST)
    row = Announcement.objects.get()
    assert line == [str(row.uid), f"{row.first_on:%d/%m/%Y}", f"{row.last_on:%d/%m/%Y}", slug, "Bảo trì tối thứ bảy"]
    assert row.written_by is None
    assert [one.text for one in shown_to(desk.people["unit_head"])] == ["Bảo trì tối thứ bảy"]
    assert lines(capsys, "--end", str(row.uid)) == []
    assert shown_to(desk.people["unit_head"]) == []
    with pytest.raises(RuleBroken):
        call_command("announce", "--end", str(row.uid))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Chữ"], "--unit, --last"),
        (["--unit", "{unit}", "--last", LAST], "text"),
        (["Chữ", "--unit", "{unit}", "--last", "mai"], "không phải ngày"),
        (["Chữ", "--unit", "{unit}", "--last", "2001-01-01"], "trước ngày đầu"),
        (["Chữ", "--unit", "khong-co", "--last", LAST], "khong-co"),
        (["--end", "x"], "Không có thông báo"),
        (["--end", "x", "--unit", "{unit}"], "một mình"),
    ],
)
def test_what_is_missing_or_wrong_is_said(desk: Desk, words: list[str], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        call_command("announce", *(word.format(unit=desk.units["commune"].slug) for word in words))
    assert not Announcement.objects.exists()
