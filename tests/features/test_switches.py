"""Which switch decides at a unit, who sets it, what is refused while it is off, and what goes on all the same."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kycuong.audit.models import AuditEntry
from kycuong.catalog.actions import add_criterion, add_group, publish_draft, start_draft
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken, Stale
from kycuong.core.remembering import remembering
from kycuong.draws.actions import Announced, commit_draw, commit_inspectors
from kycuong.features.actions import switch_feature
from kycuong.features.authority import ensure_offered, off_at, offered_to
from kycuong.features.models import FeatureSwitch
from kycuong.features.queries import standings, touched
from kycuong.features.rules import FEATURES
from kycuong.openness.inbox import receive_report
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import Draft, absorb_units, dissolve_unit, merge_units, move_unit
from kycuong.reports.queries import figures_for, ranking_for
from kycuong.rounds import actions as rounds
from kycuong.selfchecks import actions as selfchecks
from kycuong.selfchecks.actions import Wish
from kycuong.selfchecks.queries import units_left_out
from tests.desk import Desk, asked
from tests.openness.reporting import TEXT, open_and_hear, received
from tests.rounds.asked import MONTH, drafted, of_district, opened

from .switching import REASON, switched

PART = "selfchecks"


def off_in(desk: Desk, feature: str = PART) -> set[str]:
    """Short names of the units at which it is off, asked for all at once; each alone says the same."""
    found = off_at(feature, [unit.pk for unit in desk.units.values()])
    alone = {name for name, unit in desk.units.items() if off_at(feature, [unit.pk])}
    assert {name for name, unit in desk.units.items() if unit.pk in found} == alone
    return alone


def test_everything_is_on_until_somebody_says_otherwise(desk: Desk) -> None:
    assert all(not off_in(desk, name) for name in FEATURES)


def test_a_switch_holds_for_all_below_and_the_nearest_one_decides(desk: Desk) -> None:
    switched(desk, PART, "province")
    assert off_in(desk) == set(desk.units)
    switched(desk, PART, "district", "on")
    assert off_in(desk) == set(desk.units) - {"district", "commune", "second_commune"}
    switched(desk, PART, "commune")
    assert "commune" in off_in(desk)
    assert "second_commune" not in off_in(desk)
    assert not off_in(desk, "rounds"), "another part is another switch"


def test_it_can_be_taken_back_and_every_switching_is_kept(desk: Desk) -> None:
    switched(desk, PART, "province")
    switched(desk, PART, "district", "on")
    switched(desk, PART, "district", "above")
    assert off_in(desk) == set(desk.units)
    switched(desk, PART, "province", "on")
    assert off_in(desk) == set()
    assert list(FeatureSwitch.objects.values_list("setting", flat=True)) == ["off", "on", "above", "on"]
    told = [bytes(one.meta) for one in AuditEntry.objects.filter(model="features.FeatureSwitch")]
    assert [b"feature.switch" in one for one in told] == [True] * 4


def test_the_hierarchy_of_today_decides(desk: Desk) -> None:
    switched(desk, PART, "other_district")
    with at_the_machine():
        move_unit(desk.units["commune"], by=None, on=today(), to=desk.units["other_district"])
    assert off_in(desk) == {"other_district", "other_commune", "commune"}


@pytest.mark.parametrize(("both", "off"), [(True, True), (False, False)])
def test_a_unit_made_of_others_begins_as_they_were_when_all_agree(desk: Desk, both: bool, off: bool) -> None:
    switched(desk, PART, "commune")
    if both:
        switched(desk, PART, "second_commune")
    old = [desk.units["commune"], desk.units["second_commune"]]
    into = Draft("Xã Mới", "commune_pc", desk.units["district"])
    with at_the_machine():
        merge_units(old, by=None, on=today(), into=into)
    heir = old[0].heirs.exclude(heir=old[0]).get().heir
    assert bool(off_at(PART, [heir.pk])) is off
    assert set(off_at(PART, [unit.pk for unit in old])) == ({unit.pk for unit in old} if off else set())
    switch_feature(PART, by=desk.people["aggregator"], unit=heir, setting="on", reason=REASON) if off else None
    assert not off_at(PART, [heir.pk]), "its own word counts before that of those it was made of"


def test_a_unit_that_takes_another_in_stays_as_it_was(desk: Desk) -> None:
    switched(desk, PART, "commune")
    with at_the_machine():
        absorb_units([desk.units["commune"]], by=None, on=today(), into=desk.units["second_commune"])
    assert off_in(desk) == set()
    switched(desk, PART, "second_commune")
    assert off_in(desk) == {"commune", "second_commune"}, "what has ended is as what carries it on"


def test_a_unit_that_has_ended_is_switched_no_more(desk: Desk) -> None:
    with at_the_machine():
        dissolve_unit(desk.units["commune"], by=None, on=today())
    with pytest.raises(BadInput, match="đã kết thúc"):
        switched(desk, PART, "commune")


def test_only_who_holds_the_verb_above_may(desk: Desk) -> None:
    may = set()
    for who, person in desk.people.items():
        try:
            switch_feature(PART, by=person, unit=desk.units["commune"], setting="off", reason=REASON)
            may.add(who)
            switch_feature(PART, by=person, unit=desk.units["commune"], setting="on", reason=REASON)
        except NotAllowed:
            assert who not in may
    assert may == {"aggregator", "system_admin"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"reason": "dài " * 100}, "reason"),
        ({"setting": "perhaps"}, "setting"),
        ({"setting": "above"}, "setting"),
        ({"feature": "plans"}, "feature"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(desk: Desk, given: dict[str, str], field: str) -> None:
    asked_for = {"feature": PART, "setting": "off", "reason": REASON, **given}
    feature = asked_for.pop("feature")
    with pytest.raises(BadInput) as refused:
        switch_feature(feature, by=desk.people["aggregator"], unit=desk.units["commune"], **asked_for)
    assert [fault["field"] for fault in refused.value.errors] == [field]
    assert not FeatureSwitch.objects.exists()


def test_of_two_who_saw_the_same_the_second_is_told(desk: Desk) -> None:
    given = {"by": desk.people["aggregator"], "unit": desk.units["commune"], "reason": REASON, "version": 0}
    switch_feature(PART, setting="off", **given)
    with pytest.raises(Stale):
        switch_feature(PART, setting="on", **given)


@pytest.mark.parametrize("values", [{"reason": ""}, {"setting": "perhaps"}])
def test_the_database_takes_no_switch_without_reason_or_sense(desk: Desk, values: dict[str, str]) -> None:
    row = {"unit": desk.units["commune"], "feature": PART, "setting": "off", "reason": REASON, **values}
    with pytest.raises(IntegrityError), transaction.atomic():
        FeatureSwitch.objects.create(**row)


def test_the_refusal_names_part_place_day_and_whom_to_ask(desk: Desk) -> None:
    switched(desk, PART, "district")
    with pytest.raises(RuleBroken) as refused:
        ensure_offered(PART, at=desk.units["commune"])
    for word in ("Tự kiểm tra", "Xã Hoàng Đồng", "Huyện Đông", f"{today():%d/%m/%Y}", "Quản trị hệ thống"):
        assert word in refused.value.vi
    for word in ("Self-checks", "Xã Hoàng Đồng", "Huyện Đông", f"{today():%d/%m/%Y}", "System administrator"):
        assert word in refused.value.en


def test_self_checks_are_not_begun_and_what_was_sent_is_finished(desk: Desk) -> None:
    by, wish = desk.people["coordinator"], Wish(title="Tự kiểm tra", days=10, kinds=["commune_pc"])
    first = selfchecks.draft_campaign(by=by, authority=desk.units["district"], wish=wish)
    second = selfchecks.draft_campaign(by=by, authority=desk.units["district"], wish=wish)
    selfchecks.send_campaign(first, by=by)
    switched(desk, PART, "district")
    with pytest.raises(RuleBroken, match="Tự kiểm tra"):
        selfchecks.draft_campaign(by=by, authority=desk.units["district"], wish=wish)
    with pytest.raises(RuleBroken, match="Tự kiểm tra"):
        selfchecks.send_campaign(second, by=by)
    selfchecks.remove_campaign(second, by=by)
    check = first.checks.get(unit=desk.units["commune"])
    selfchecks.record_self_check(check, by=desk.people["unit_head"], answers={})
    assert touched(desk.units["district"], PART, by).open == 2
    selfchecks.close_campaign(first, by=by)


def test_a_campaign_leaves_out_units_that_are_off_and_says_so(desk: Desk) -> None:
    by, commune = desk.people["coordinator"], desk.units["commune"]
    switched(desk, PART, "commune")
    wish = Wish(title="Tự kiểm tra", days=10, kinds=["commune_pc"], units=[commune])
    campaign = selfchecks.draft_campaign(by=by, authority=desk.units["district"], wish=wish)
    assert units_left_out(campaign, on=today()) == ["Xã Hoàng Đồng, Huyện Đông"]
    selfchecks.send_campaign(campaign, by=by)
    assert list(campaign.checks.values_list("unit", flat=True)) == [desk.units["second_commune"].pk]
    switched(desk, PART, "second_commune")
    nobody = selfchecks.draft_campaign(by=by, authority=desk.units["district"], wish=wish)
    with pytest.raises(RuleBroken, match="Cả 2 đơn vị"):
        selfchecks.send_campaign(nobody, by=by)


def test_rounds_are_not_opened_and_ask_no_agency_that_is_off(desk: Desk) -> None:
    running, waiting = opened(desk), drafted(desk, title="Đợt sau")
    switched(desk, "rounds", "district")
    by = desk.people["aggregator"]
    with pytest.raises(BadInput, match="Huyện Đông"):
        rounds.open_round(waiting, by=by)
    with pytest.raises(BadInput, match="Huyện Đông"):
        drafted(desk, title="Đợt nữa")
    wish = rounds.Wish("Báo cáo", MONTH, 5, [desk.units["commune"]])
    with pytest.raises(RuleBroken, match="Báo cáo định kỳ"):
        rounds.draft_round(by=desk.people["coordinator"], authority=desk.units["district"], wish=wish)
    report = of_district(running, desk)
    rounds.write_report(report, by=desk.people["coordinator"], difficulties="Không", proposals="")
    assert touched(desk.units["district"], "rounds", by).open == 1
    switched(desk, "rounds", "province")
    with pytest.raises(RuleBroken, match="Báo cáo định kỳ"):
        rounds.open_round(waiting, by=by)
    rounds.cancel_round(running, by=by, reason="Không cần nữa vì đã đủ")


def test_no_draw_is_committed_to(desk: Desk) -> None:
    switched(desk, "draws", "department")
    told = Announced("Xổ số miền Bắc", today() + timedelta(days=1), today() + timedelta(days=9))
    by, lead = desk.people["team_head"], desk.units["department"]
    with pytest.raises(RuleBroken, match="Bốc thăm"):
        commit_draw(by=by, lead=lead, area=desk.units["province"], announced=told, sizes={"commune_pc": 1})
    with pytest.raises(RuleBroken, match="Bốc thăm"):
        commit_inspectors(by=by, lead=lead, announced=told, number=1, rest_months=0)


def test_own_content_is_not_begun_or_published_and_the_common_checklist_is(desk: Desk) -> None:
    by, district = desk.people["coordinator"], desk.units["district"]
    draft = start_draft(by=by, version="1.1-HD", title="Bổ sung", authority=district)
    group = add_group(draft, by=by, code="IHD", title="Riêng")
    add_criterion(draft, by=by, group=group, code="IHD1", content=asked(counted=False))
    switched(desk, "own_checklists", "province")
    with pytest.raises(RuleBroken, match="bổ sung"):
        start_draft(by=by, version="1.2-HD", title="Bổ sung", authority=district)
    with pytest.raises(RuleBroken, match="bổ sung"):
        publish_draft(draft, by=by)
    assert touched(district, "own_checklists", by).open == 1
    start_draft(by=desk.people["aggregator"], version="9.9", title="Phiếu chung", based_on=desk.checklist)


def test_a_report_of_a_citizen_is_not_taken(desk: Desk) -> None:
    open_and_hear(desk)
    received(desk)
    switched(desk, "citizen_reports", "district")
    with pytest.raises(RuleBroken, match="Phản ánh"):
        receive_report(desk.units["commune"], about="absence", text=TEXT, contact="", address="10.0.0.9")
    counts = {who: touched(desk.units["commune"], "citizen_reports", desk.people[who]).open for who in desk.people}
    assert {who for who, count in counts.items() if count} == {"aggregator", "coordinator"}, (
        "nobody learns by a number that somebody complained"
    )


def test_there_is_no_ranking_and_every_figure_stays(desk: Desk) -> None:
    desk.signed()
    before = figures_for(desk.units["province"], MONTH)
    ranking_for(desk.units["province"], MONTH)
    for feature in FEATURES:
        switched(desk, feature, "province")
    with pytest.raises(RuleBroken, match="Xếp hạng"):
        ranking_for(desk.units["district"], MONTH)
    assert figures_for(desk.units["province"], MONTH) == before


def test_a_person_is_offered_a_part_that_is_on_anywhere_within_reach(desk: Desk) -> None:
    switched(desk, PART, "province")
    assert not offered_to(desk.people["coordinator"], "figures.see", PART)
    assert not offered_to(desk.people["aggregator"], "figures.see", PART)
    switched(desk, PART, "commune", "on")
    assert offered_to(desk.people["coordinator"], "figures.see", PART)
    assert offered_to(desk.people["aggregator"], "figures.see", PART)
    assert not offered_to(desk.people["outsider"], "figures.see", PART)
    assert not offered_to(desk.people["nobody"], "figures.see", PART)


def test_the_number_of_questions_does_not_grow(desk: Desk) -> None:
    """One where nothing is off; the same for one unit and for many, for one switch and for many."""
    keys = [unit.pk for unit in desk.units.values()]

    def costs(units: list[int]) -> int:
        with remembering(), CaptureQueriesContext(connection) as queries:
            for _again in range(2):
                off_at(PART, units)
                off_at("rounds", units)
        return len(queries)

    assert costs(keys) == 1
    switched(desk, PART, "province")
    first = costs(keys[:1])
    with CaptureQueriesContext(connection) as looked:
        standings(desk.units["province"])
    for name in ("district", "commune", "second_commune", "other_commune"):
        switched(desk, PART, name, "on")
    assert costs(keys) <= first + 1
    with CaptureQueriesContext(connection) as looked_again:
        lines = standings(desk.units["province"])
    assert len(lines[0].apart) == 4
    assert len(looked_again) <= len(looked) + 3


def test_the_command_line_switches_and_tells(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    slug = desk.units["district"].slug
    call_command("feature", "off", "draws", "--unit", slug, "--reason", REASON)
    capsys.readouterr()
    call_command("feature", "--unit", desk.units["commune"].slug)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(FEATURES)
    assert [line.split("\t")[:2] for line in lines if "off" in line] == [["draws", "off"]]
    assert slug in lines[3]
    with pytest.raises(BadInput):
        call_command("feature", "off", "--unit", slug, "--reason", REASON)
