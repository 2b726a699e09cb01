"""People are told once, only of what they may see; who is told holds the verb at the place."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kycuong.core.clock import today
from kycuong.notices.models import Notice
from kycuong.notices.telling import tell
from kycuong.orgs.actions import deactivate_account
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import absorb_units
from kycuong.orgs.queries import holders, holders_by_unit
from tests.desk import Desk

SAID = {"key": "conclusion.issued:1", "subject": "Có kết luận mới", "url": "/notices/"}


def test_telling_twice_tells_once_and_only_who_may_see(desk: Desk) -> None:
    head, leader, auditor = (desk.people[role] for role in ("unit_head", "leader", "auditor"))
    asked = []
    told = tell([head, leader, head], **SAID, visible=lambda person: bool(asked.append(person)) or person == head)
    assert told == 1
    assert asked == [head, leader]
    assert tell([head, auditor], **SAID) == 1
    assert set(Notice.objects.values_list("person_id", flat=True)) == {head.pk, auditor.pk}
    assert list(Notice.objects.visible_to(leader)) == []
    assert Notice.objects.visible_to(head).unread().count() == 1


def test_a_closed_account_is_told_nothing_and_words_are_one_short_line(desk: Desk) -> None:
    head, leader = desk.people["unit_head"], desk.people["leader"]
    with at_the_machine():
        deactivate_account(leader, by=None)
    leader.refresh_from_db()
    assert tell([head, leader], key="k", subject="Hạn\r\nBcc: a@b.vn\0 " + "x" * 300, url="/mine/") == 1
    notice = Notice.objects.get()
    assert notice.subject.startswith("Hạn Bcc: a@b.vn x")
    assert len(notice.subject) == 200
    for url in ("https://a.vn/", "//a.vn/", ""):
        with pytest.raises(ValueError):
            tell([head], key="k2", subject="S", url=url)


def test_who_holds_a_verb_at_a_unit_or_at_the_nearest_above(desk: Desk) -> None:
    day, commune, second = today(), desk.units["commune"], desk.units["second_commune"]
    assert holders(commune, "conclusion.reply", on=day) == [desk.people["unit_head"]]
    assert holders(commune, "visit.sign", on=day) == []
    nearest = {desk.people["coordinator"]}
    assert set(holders(commune, "visit.sign", on=day, or_above=True)) == nearest  # not the aggregator of the province
    assert holders_by_unit([commune.pk, second.pk], "conclusion.reply", on=day)[second.pk] == []
    with at_the_machine():
        absorb_units([commune], by=None, on=day - timedelta(days=1), into=desk.units["other_commune"])
    assert set(holders(commune, "visit.sign", on=day, or_above=True)) == {desk.outsider}
    with at_the_machine():
        deactivate_account(desk.outsider, by=None)
    assert holders(commune, "visit.sign", on=day) == []
