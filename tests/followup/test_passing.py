"""When a unit ends its open recommendations go on: to who carries it on, to the superior, or closed with a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed
from kycuong.followup import actions
from kycuong.followup.models import PassingOn, Recommendation
from kycuong.followup.tasks import pass_on_of_ended_units
from kycuong.notices.models import Notice
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import Document, Draft, absorb_units, dissolve_unit, merge_units, split_unit
from kycuong.orgs.models import Person
from tests.desk import Desk
from tests.followup.issued import DONE, recommended

BY = Document(number="1/NQ-HĐND")


@pytest.fixture
def two(desk: Desk) -> list[Recommendation]:
    """Both of the commune; one settled before anything changes."""
    first, second = recommended(desk)
    report = actions.report_remedy(second, by=desk.people["unit_head"], text=DONE)
    actions.accept_remedy(report, by=desk.people["team_head"])
    Notice.objects.all().delete()
    return [first, second]


def head_at(desk: Desk, unit: object) -> Person:
    with at_the_machine():
        grant_role(desk.people["nobody"], by=None, role="unit_head", unit=unit)  # type: ignore[arg-type]
    return desk.people["nobody"]


def test_a_merger_passes_open_ones_to_the_heir_and_tells_its_head(desk: Desk, two: list[Recommendation]) -> None:
    units, heir = (
        [desk.units["commune"], desk.units["second_commune"]],
        Draft("Xã Hợp Nhất", "commune_pc", desk.units["district"]),
    )
    new_head = head_at(desk, desk.units["district"])
    merge_units(units, by=desk.people["aggregator"], on=today(), into=heir, document=BY)
    first, second = (Recommendation.objects.get(pk=one.pk) for one in two)
    [transfer] = first.transfers.all()
    assert (str(first.unit), first.issued_to, first.was_transferred) == ("Xã Hợp Nhất", units[0], True)
    assert (transfer.from_unit, transfer.to_unit, transfer.transferred_on) == (units[0], first.unit, today())
    assert second.unit == units[0], "what is settled stays where it was"
    assert first.due_on == two[0].due_on
    report = actions.report_remedy(first, by=new_head, text=DONE)
    assert actions.accept_remedy(report, by=desk.people["team_head"]).state == "verified"


def test_what_is_recorded_ahead_is_passed_on_when_the_day_comes(desk: Desk, two: list[Recommendation]) -> None:
    on = today() + timedelta(days=10)
    absorb_units(
        [desk.units["commune"]], by=desk.people["aggregator"], on=on, into=desk.units["second_commune"], document=BY
    )
    assert Recommendation.objects.get(pk=two[0].pk).unit == desk.units["commune"]
    assert pass_on_of_ended_units(today()) == ""
    assert pass_on_of_ended_units(on) == "Chuyển 1 kiến nghị sang đơn vị kế thừa."
    assert pass_on_of_ended_units(on) == ""
    assert Recommendation.objects.get(pk=two[0].pk).unit == desk.units["second_commune"]


def test_a_division_gives_them_to_the_one_that_is_named_and_they_may_be_given_on(
    desk: Desk, two: list[Recommendation]
) -> None:
    parts = [Draft(name, "commune_pc", desk.units["district"]) for name in ("Xã Một", "Xã Hai")]
    by, unit = desk.people["aggregator"], desk.units["commune"]
    with pytest.raises(BadInput, match="Không có đơn vị nhận nào"):
        split_unit(unit, by=by, on=today(), into=parts, document=Document(duties_to="Xã Ba"))
    split_unit(unit, by=by, on=today(), into=parts, document=Document(duties_to="xã hai"))
    first = Recommendation.objects.get(pk=two[0].pk)
    assert str(first.unit) == "Xã Hai"
    with pytest.raises(BadInput, match="đơn vị kế thừa"):
        actions.reassign_recommendation(first, by=by, to=desk.units["other_commune"], reason="Thuộc địa bàn xã khác.")
    with pytest.raises(NotAllowed):
        actions.reassign_recommendation(first, by=desk.people["leader"], to=first.unit, reason="Thuộc địa bàn xã khác.")
    other = next(one for one in actions.passing.receivers_of(first) if str(one) == "Xã Một")
    assert actions.reassign_recommendation(first, by=by, to=other, reason="Trụ sở cũ thuộc Xã Một.").unit == other


@pytest.mark.parametrize("reason", ["", "Trụ sở bàn giao cho huyện, không còn hoạt động."])
def test_without_an_heir_the_superior_gets_them_or_they_end_with_a_reason(
    desk: Desk, two: list[Recommendation], reason: str
) -> None:
    document = Document(duties_reason=reason)
    dissolve_unit(desk.units["commune"], by=desk.people["aggregator"], on=today(), document=document)
    first = Recommendation.objects.get(pk=two[0].pk)
    if reason:
        assert (first.state, first.close_reason) == ("closed", reason)
    else:
        assert (first.state, first.unit) == ("issued", desk.units["district"])


def test_a_reorganisation_of_units_that_owe_nothing_leaves_no_trace(desk: Desk) -> None:
    dissolve_unit(desk.units["second_commune"], by=desk.people["aggregator"], on=today())
    assert not PassingOn.objects.exists()


def test_the_page_gives_it_on_and_tells_where_it_came_from(
    desk: Desk, two: list[Recommendation], client: Client
) -> None:
    parts = [Draft(name, "commune_pc", desk.units["district"]) for name in ("Xã Một", "Xã Hai")]
    client.force_login(desk.people["aggregator"])
    assert client.get(f"{two[0].get_absolute_url()}receiver/").status_code == 404
    split_unit(desk.units["commune"], by=desk.people["aggregator"], on=today(), into=parts)
    address = f"{two[0].get_absolute_url()}receiver/"
    assert client.post(address, {"to": "xa-xa", "reason": "Thuộc địa bàn xã khác."}).status_code == 422
    done = client.post(address, {"to": "xa-hai", "reason": "Trụ sở cũ thuộc Xã Hai."}, follow=True)
    shown = done.content.decode()
    assert "Xã Hoàng Đồng → Xã Một" in shown
    assert "Xã Một → Xã Hai" in shown
