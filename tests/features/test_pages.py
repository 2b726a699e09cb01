"""The pages of features, the API, what menus and buttons leave out, and the page behind a square code that takes no reports."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kycuong.features.authority import off_at
from kycuong.features.models import FeatureSwitch
from kycuong.features.rules import FEATURES
from kycuong.openness.models import CitizenReport
from tests.budget import few
from tests.desk import Desk
from tests.openness.reporting import TEXT, address, open_and_hear, received

from .switching import REASON, switched

pytestmark = pytest.mark.django_db
ENTRIES = {
    "selfchecks": "/self-checks/",
    "rounds": "/rounds/",
    "draws": "/draws/",
    "citizen_reports": "/citizen-reports/",
}
"""Part → where its entry of the menu leads."""


def client_of(desk: Desk, who: str) -> Client:
    client = Client()
    client.force_login(desk.people[who])
    return client


def menu_of(client: Client) -> str:
    text = client.get("/mine/").content.decode()
    return re.search(r'<nav class="bar".*?</nav>', text, re.DOTALL)[0]  # type: ignore[index]


@pytest.mark.parametrize("feature", few(list(ENTRIES)))
def test_menus_leave_out_what_is_off_everywhere_for_the_person(desk: Desk, feature: str) -> None:
    link = f'href="{ENTRIES[feature]}"'
    before = {who for who in desk.people if link in menu_of(client_of(desk, who))}
    assert {"aggregator", "coordinator", "outsider"} <= before
    switched(desk, feature, "district")
    after = {who for who in desk.people if link in menu_of(client_of(desk, who))}
    assert before - after == before & {"coordinator", "unit_head"}


def test_a_page_asks_nothing_more_as_long_as_nothing_is_off(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(desk, "aggregator")

    def costs() -> int:
        client.get("/mine/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/mine/")
        return len(queries)

    whole = costs()
    for name in ("selfchecks", "rounds", "draws", "openness"):
        monkeypatch.setattr(f"kycuong.{name}.nav.offered_to", lambda *_asked: True)
    assert costs() == whole


def test_everybody_may_read_what_is_off_why_and_where_its_records_are(desk: Desk) -> None:
    switched(desk, "draws", "province")
    switched(desk, "draws", "commune", "on")
    text = client_of(desk, "unit_head").get(f"/features/?unit={desk.units['district'].slug}").content.decode()
    assert text.count("Đang tắt") == 1
    assert "Tỉnh Thử Nghiệm" in text
    assert REASON in text
    assert 'href="/draws/"' in text
    assert "Xã Hoàng Đồng" in text
    assert "Bật, tắt" not in re.sub(r"<details class=\"help\".*?</details>", "", text, flags=re.DOTALL)
    admin = client_of(desk, "system_admin").get("/features/").content.decode()
    assert 'href="/citizen-reports/"' not in admin, "who may not open a list is not led there"
    own = client_of(desk, "unit_head").get("/features/").content.decode()
    assert own.count("Đang tắt") == 0
    assert client_of(desk, "nobody").get("/features/").status_code == 200


def test_a_unit_that_nobody_knows_is_asked_for_again(desk: Desk) -> None:
    answer = client_of(desk, "aggregator").get("/features/?unit=khong-co")
    assert answer.status_code == 422
    assert "Không tìm thấy đơn vị" in answer.content.decode()


def test_what_a_link_carries_along_hides_no_unit_of_ones_own(desk: Desk) -> None:
    client = Client()
    client.force_login(desk.people["aggregator"])
    assert client.get("/features/?from=mail").status_code == 200
    assert client.get("/features/?unit=").status_code == 422


def test_it_is_switched_on_a_page_that_says_what_it_touches(desk: Desk) -> None:
    client, slug = client_of(desk, "system_admin"), desk.units["district"].slug
    path = f"/features/{slug}/selfchecks/"
    assert "3 đơn vị, kể cả đơn vị này" in client.get(path).content.decode()
    refused = client.post(path, {"setting": "off", "reason": "", "version": "0"})
    assert refused.status_code == 422
    assert 'value="off"' in refused.content.decode()
    assert client.post(path, {"setting": "off", "reason": REASON, "version": "0"}).status_code == 302
    again = client.post(path, {"setting": "on", "reason": "Giữ nguyên lời tôi", "version": "0"})
    assert again.status_code == 422
    text = again.content.decode()
    assert "Giữ nguyên lời tôi" in text
    assert 'name="version" value="0"' in text
    assert FeatureSwitch.objects.count() == 1
    assert client.get(f"/features/{slug}/plans/").status_code == 404
    assert client.get("/features/khong-co/draws/").status_code == 404


def test_buttons_and_forms_of_what_is_off_are_not_offered(desk: Desk) -> None:
    for feature in FEATURES:
        switched(desk, feature, "province")
    for who, list_, new in [
        ("coordinator", "/self-checks/", "/self-checks/campaigns/new/"),
        ("coordinator", "/rounds/", "/rounds/new/"),
        ("coordinator", "/draws/", "/draws/new/"),
        ("coordinator", "/checklists/versions/", "/checklists/versions/new/"),
    ]:
        client = client_of(desk, who)
        shown, refused = client.get(list_), client.get(new)
        assert shown.status_code == 200, list_
        assert f'href="{new}"' not in shown.content.decode(), list_
        assert refused.status_code == 422, new
        assert "đang tắt tại" in refused.content.decode(), new
    leader = client_of(desk, "leader")
    assert "/figures/ranking/" not in leader.get("/figures/").content.decode()
    answer = leader.get("/figures/ranking/")
    assert answer.status_code == 422
    assert "Xếp hạng đơn vị" in answer.content.decode()


def test_the_api_tells_switches_and_refuses_in_the_same_words(desk: Desk) -> None:
    client, slug = client_of(desk, "aggregator"), desk.units["district"].slug
    body = {"setting": "off", "reason": REASON}
    answer = client.post(f"/api/v1/features/{slug}/ranking", body, content_type="application/json")
    assert answer.status_code == 201
    [line] = [one for one in answer.json()["features"] if one["feature"] == "ranking"]
    assert (line["on"], line["setting"], line["decided_by"], line["reason"]) == (False, "off", slug, REASON)
    below = client.get("/api/v1/features", {"unit": desk.units["commune"].slug}).json()
    [line] = [one for one in below["features"] if one["feature"] == "ranking"]
    assert (line["on"], line["setting"], line["decided_by"]) == (False, "above", slug)
    refused = client.get(f"/api/v1/figures/ranking?scope={slug}&period=2019")
    assert (refused.status_code, refused.json()["type"]) == (422, "urn:kycuong:problem:rule_broken")
    wrong = client.post(f"/api/v1/features/{slug}/plans", body, content_type="application/json")
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "feature")
    more = client.post(f"/api/v1/features/{slug}/draws", {**body, "x": 1}, content_type="application/json")
    assert more.status_code == 422


def test_the_page_behind_the_square_code_says_where_else_to_go_and_loses_nothing(desk: Desk) -> None:
    open_and_hear(desk)
    report, code = received(desk)
    switched(desk, "citizen_reports", "district")
    path = address(desk)
    answer = Client().get(path)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "chưa nhận phản ánh" in text
    assert "<textarea" not in text
    sent = Client().post(path, {"about": "absence", "text": TEXT, "contact": ""})
    assert sent.status_code == 422
    assert TEXT in sent.content.decode()
    assert CitizenReport.objects.count() == 1
    assert Client().post("/report/", {"code": code}).status_code == 200
    english = Client().get(f"{path}?language=en").content.decode()
    assert "This unit does not take reports on this page yet." in english
    handler = client_of(desk, "coordinator")
    assert handler.get(f"{path}poster/").status_code == 422
    assert handler.get(report.get_absolute_url()).status_code == 200
    handler.post(report.get_absolute_url(), {"take": ""})
    report.refresh_from_db()
    assert report.taken_by == desk.people["coordinator"]
    assert Client().get(address(desk, "other_commune")).content.decode().count("<textarea") == 1


def test_a_page_in_english_is_english(desk: Desk) -> None:
    switched(desk, "draws", "province")
    client = client_of(desk, "aggregator")
    client.post("/ui/language/", {"language": "en"})
    text = client.get(f"/features/{desk.units['district'].slug}/draws/").content.decode()
    assert "Units, this one included: 3" in text
    assert 'As <span lang="vi">Tỉnh Thử Nghiệm</span> decided' in text
    assert off_at("draws", [desk.units["district"].pk])
