"""Who may undo what was switched off above, and who may switch reports about whom."""

from __future__ import annotations

import pytest
from django.test import Client

from kycuong.core.problems import NotAllowed
from kycuong.features.actions import switch_feature
from kycuong.features.authority import off_at
from kycuong.features.models import FeatureSwitch
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from tests.desk import BEGIN, Desk

from .switching import REASON, switched

OWN = "unit_head"
"""Administrator of the commune in these stories."""


@pytest.fixture(autouse=True)
def administrators(desk: Desk) -> None:
    with at_the_machine():
        for who, place in ((OWN, "commune"), ("coordinator", "district")):
            given = {"role": "system_admin", "unit": desk.units[place], "valid_from": BEGIN}
            grant_role(desk.people[who], by=None, **given)


def client_of(desk: Desk, who: str) -> Client:
    client = Client()
    client.force_login(desk.people[who])
    return client


def test_what_was_switched_off_above_is_opened_from_there_only(desk: Desk) -> None:
    switched(desk, "draws", "province")
    for who, place in ((OWN, "commune"), ("coordinator", "commune"), ("coordinator", "district")):
        with pytest.raises(NotAllowed, match="Tỉnh Thử Nghiệm") as refused:
            switched(desk, "draws", place, "on", by=who)
        assert "Quản trị hệ thống" in refused.value.vi
        assert "System administrator" in refused.value.en
    switched(desk, "draws", "district", "on")
    switched(desk, "draws", "commune", by=OWN)
    switched(desk, "draws", "commune", "on", by=OWN)
    switched(desk, "draws", "district")
    switched(desk, "draws", "commune", "above", by=OWN)
    with pytest.raises(NotAllowed, match="Huyện Đông"):
        switched(desk, "draws", "commune", "on", by=OWN)
    switched(desk, "draws", "commune", "on", by="coordinator")
    with at_the_machine():
        switch_feature("draws", by=None, unit=desk.units["second_commune"], setting="on", reason=REASON)


def test_what_somebody_above_switched_off_at_the_unit_itself_is_opened_from_above(desk: Desk) -> None:
    switched(desk, "draws", "commune", by="coordinator")
    for setting in ("on", "above"):
        with pytest.raises(NotAllowed, match="Huyện Đông đã tắt") as refused:
            switched(desk, "draws", "commune", setting, by=OWN)
        assert "System administrator" in refused.value.en
    switched(desk, "draws", "commune", "above", by="coordinator")
    switched(desk, "draws", "commune", by=OWN)
    switched(desk, "draws", "commune", "on", by=OWN)
    assert not off_at("draws", [desk.units["commune"].pk])


def test_nothing_above_is_off_so_ones_own_switch_is_free(desk: Desk) -> None:
    switched(desk, "draws", "commune", by=OWN)
    switched(desk, "draws", "commune", "on", by=OWN)
    assert not off_at("draws", [desk.units["commune"].pk])


def test_reports_of_citizens_are_switched_from_above_the_unit_they_are_about(desk: Desk) -> None:
    for who, place in ((OWN, "commune"), ("coordinator", "district")):
        for setting in ("off", "on"):
            with pytest.raises(NotAllowed, match="đơn vị cấp trên") as refused:
                switched(desk, "citizen_reports", place, setting, by=who)
            assert "Quản trị hệ thống" in refused.value.vi
    switched(desk, "citizen_reports", "commune", by="coordinator")
    switched(desk, "citizen_reports", "province")
    with pytest.raises(NotAllowed, match="Tỉnh Thử Nghiệm"):
        switched(desk, "citizen_reports", "commune", "on", by="coordinator")
    assert FeatureSwitch.objects.count() == 2


def test_pages_lead_only_those_there_who_may_switch_and_keep_what_was_typed(desk: Desk) -> None:
    commune = desk.units["commune"]
    own, above = client_of(desk, OWN), client_of(desk, "coordinator")
    path = f"/features/{commune.slug}/citizen_reports/"
    for client, may in ((own, False), (above, True)):
        text = client.get(f"/features/?unit={commune.slug}").content.decode()
        assert (f'href="{path}"' in text) is may
        assert f'href="/features/{commune.slug}/draws/"' in text
        assert client.get(path).status_code == (200 if may else 403)
    switched(desk, "draws", "province")
    answer = own.post(f"/features/{commune.slug}/draws/", {"setting": "on", "reason": "Lời của tôi"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Lời của tôi" in text
    assert "Tỉnh Thử Nghiệm" in text
    body = {"setting": "on", "reason": REASON}
    answer = own.post(f"/api/v1/features/{commune.slug}/draws", body, content_type="application/json")
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:kycuong:problem:not_allowed")
