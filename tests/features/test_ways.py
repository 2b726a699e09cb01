"""What people meet on the way while a part is off: menus, proposals of forms, previews, settings; and what it costs."""

from __future__ import annotations

import re
from collections.abc import Collection

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kycuong.core.clock import today
from kycuong.core.problems import BadInput
from kycuong.features.queries import touched
from kycuong.features.rules import FEATURES
from kycuong.openness.models import CitizenReport
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import Draft, merge_units
from kycuong.reports.queries import ranking_for
from kycuong.rounds import actions as rounds
from tests.desk import BEGIN, Desk
from tests.openness.reporting import CONTACT, TEXT, address, open_and_hear
from tests.rounds.asked import MONTH

from .switching import switched

pytestmark = pytest.mark.django_db
MOST_MORE = 7
"""So many questions more a page asks once anything is off: switches, merged units, ladders of the person's units, those of pilots."""


def client_of(desk: Desk, who: str) -> Client:
    client = Client()
    client.force_login(desk.people[who])
    return client


def menu_of(client: Client) -> str:
    text = client.get("/mine/").content.decode()
    return re.search(r'<nav class="bar".*?</nav>', text, re.DOTALL)[0]  # type: ignore[index]


def with_features(desk: Desk, people: Collection[str]) -> set[str]:
    return {who for who in people if 'href="/features/"' in menu_of(client_of(desk, who))}


def test_whoever_misses_a_part_is_led_to_why_and_to_its_records(desk: Desk) -> None:
    people = ("leader", "auditor", "unit_head", "outsider")
    assert with_features(desk, people) == set()
    switched(desk, "selfchecks", "district")
    assert with_features(desk, people) == {"unit_head"}
    text = client_of(desk, "unit_head").get("/features/").content.decode()
    assert 'href="/self-checks/"' in text
    switched(desk, "selfchecks", "province")
    assert with_features(desk, people) == set(people)


@pytest.mark.long
def test_once_anything_is_off_pages_ask_few_questions_more_however_much_is(desk: Desk) -> None:
    def costs() -> dict[str, int]:
        found = {}
        for who in ("aggregator", "coordinator"):
            client = client_of(desk, who)
            client.get("/mine/")
            with CaptureQueriesContext(connection) as queries:
                client.get("/mine/")
            found[who] = len(queries)
        return found

    before = costs()
    for feature in FEATURES:
        switched(desk, feature, "commune")
    stages = [costs()]
    for feature in FEATURES:
        switched(desk, feature, "province")
    stages.append(costs())
    for feature in FEATURES:
        switched(desk, feature, "second_commune", "on")
        switched(desk, feature, "commune", "on")
    stages.append(costs())
    old = [desk.units["commune"], desk.units["second_commune"]]
    with at_the_machine():
        merge_units(old, by=None, on=today(), into=Draft("Xã Mới", "commune_pc", desk.units["district"]))
    stages.append(costs())
    more = [{who: found[who] - before[who] for who in before} for found in stages]
    assert all(one <= MOST_MORE for of_one in more for one in of_one.values()), more


@pytest.mark.parametrize(
    ("feature", "path", "field"),
    [
        ("rounds", "/rounds/new/", "authority"),
        ("selfchecks", "/self-checks/campaigns/new/", "authority"),
        ("draws", "/draws/new/", "lead"),
    ],
)
def test_forms_propose_a_unit_at_which_the_part_is_on(desk: Desk, feature: str, path: str, field: str) -> None:
    """The aggregator of the province is the coordinator of another district, too; at first only that one tries the part."""
    person, other = desk.people["aggregator"], desk.units["other_district"]
    switched(desk, feature, "province")
    switched(desk, feature, "other_commune", "on")

    def proposed() -> str:
        text = client_of(desk, "aggregator").get(path).content.decode()
        tag = re.search(rf'<input[^>]*name="{field}"[^>]*>', text)[0]  # type: ignore[index]
        found = re.search(r'value="([^"]*)"', tag)
        return found[1] if found else ""

    assert proposed() == ""
    with at_the_machine():
        grant_role(person, by=None, role="coordinator", unit=other, valid_from=BEGIN)
    assert proposed() == ""
    switched(desk, feature, "other_district", "on")
    assert proposed() == "Huyện Tây"


def test_the_preview_counts_units_whose_nearest_switch_would_change(desk: Desk) -> None:
    person = desk.people["aggregator"]
    everywhere = touched(desk.units["province"], "draws", person)
    assert everywhere.apart == 0
    switched(desk, "draws", "district", "on")
    found = touched(desk.units["province"], "draws", person)
    assert (found.units, found.apart) == (everywhere.units - 3, 3)
    switched(desk, "draws", "commune")
    found = touched(desk.units["district"], "draws", person)
    assert (found.units, found.apart) == (2, 1)
    assert touched(desk.units["second_commune"], "draws", person).units == 1


def test_setting_the_rule_of_a_ranking_that_is_off_leads_to_the_figures(desk: Desk) -> None:
    client, path = client_of(desk, "aggregator"), "/figures/ranking/rules/"
    given = {"valid_from": f"{today():%d/%m/%Y}", "least_visits": "3", "partial_percent": "50"}
    assert client.post(path, given).headers["Location"] == "/figures/ranking/"
    switched(desk, "ranking", "province")
    text = client.get(path).content.decode()
    assert re.search(r'<a[^>]*href="/figures/"[^>]*>[^<]*Quay lại', text), "the way back, too"
    answer = client.post(path, {**given, "least_visits": "4"}, follow=True)
    assert (answer.status_code, answer.redirect_chain[-1][0]) == (200, "/figures/")


def test_the_ranking_of_the_unit_above_goes_on_and_the_page_says_so(desk: Desk) -> None:
    desk.signed()
    switched(desk, "ranking", "district")
    made = ranking_for(desk.units["province"], MONTH)
    ranked = {one.slug for one in (*made.unranked, *(place.unit for place in made.placed))}
    assert desk.units["commune"].slug in ranked
    text = client_of(desk, "unit_head").get("/features/").content.decode()
    assert "bảng xếp hạng của cấp trên vẫn xếp" in text


def test_the_page_that_takes_no_reports_gives_back_everything_that_was_typed(desk: Desk) -> None:
    open_and_hear(desk)
    switched(desk, "citizen_reports", "district")
    sent = Client().post(address(desk), {"about": "absence", "text": TEXT + " <b>", "contact": CONTACT})
    assert sent.status_code == 422
    text = sent.content.decode()
    for said in (TEXT + " &lt;b&gt;", CONTACT, "Vắng mặt"):
        assert said in text
    only = Client().post(address(desk), {"about": "nonsense", "text": "", "contact": CONTACT})
    assert (only.status_code, CONTACT in only.content.decode()) == (422, True)
    assert Client().post(address(desk), {"text": "", "contact": ""}).status_code == 200
    assert not CitizenReport.objects.exists()


def test_a_round_whose_usual_agencies_are_all_off_says_that_they_are(desk: Desk) -> None:
    given = {
        "authority": desk.units["province"].slug,
        "part": "Q1",
        "year": "2026",
        "title": "",
        "days": "",
        "agencies": "",
    }
    client = client_of(desk, "aggregator")
    switched(desk, "rounds", "province")
    switched(desk, "rounds", "province", "on")
    for name in ("district", "other_district", "department"):
        switched(desk, "rounds", name)
    answer = client.post("/rounds/new/", given)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "đang tắt tính năng báo cáo định kỳ" in text
    assert "Hãy ghi ít nhất một cơ quan" not in text
    wish = rounds.Wish("Báo cáo", MONTH, 5, [])
    with pytest.raises(BadInput, match="ít nhất một"):
        rounds.draft_round(by=desk.people["aggregator"], authority=desk.units["province"], wish=wish)
