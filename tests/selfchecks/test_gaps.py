"""What was declared beside what was found: against a naive oracle on random answers, and what nobody may learn from it."""

from __future__ import annotations

import itertools
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.test import Client

from kycuong.catalog.rules import Outcome
from kycuong.core.clock import today
from kycuong.exports.queries import open_list
from kycuong.inspections import actions as inspecting
from kycuong.inspections.actions import Planned
from kycuong.inspections.models import FindingDecision, FindingReply, Visit
from kycuong.selfchecks import actions
from kycuong.selfchecks.models import SelfCheck, SelfCheckReopening, SelfCheckRule
from kycuong.selfchecks.queries import gaps_of, readable_by
from kycuong.selfchecks.rules import Gap, gap_between, last_day_of_window
from tests.desk import YESTERDAY, Desk

from .test_campaigns import SHORT, sent, submitted

DAYS_AGO = 30
OUTCOMES = ("pass", "partial", "fail", "not_applicable", "not_asked")


def submitted_before(desk: Desk, **changed: Any) -> SelfCheck:
    """A self-check that was handed in a month ago."""
    check = submitted(desk, sent(desk), **changed)
    return moved(check, DAYS_AGO)


def moved(check: SelfCheck, days: int) -> SelfCheck:
    SelfCheck.objects.filter(pk=check.pk).update(submitted_on=today() - timedelta(days=days))
    return SelfCheck.objects.select_related("campaign__checklist").get(pk=check.pk)


def compared(check: SelfCheck) -> dict[str, tuple[str, str, str]]:
    [gap] = gaps_of([check])
    return {one.code: (one.declared, one.found, str(one.gap)) for one in gap.criteria}


def test_the_next_visit_finds_what_the_unit_did_not_declare(desk: Desk) -> None:
    check = submitted_before(desk)
    assert compared(check) == {}
    visit = desk.visit()
    desk.answered(visit, **SHORT)
    assert compared(check) == {}  # a draft finds nothing yet
    desk.sign(visit)
    [gap] = gaps_of([check])
    assert [(one.code, one.declared, one.found) for one in gap.overstated] == [("D3", "pass", "fail")]
    assert gap.honest == {"numerator": gap.honest["denominator"] - 1, "denominator": sum(gap.counts.values())}


def test_a_withdrawn_finding_is_as_if_it_had_not_been_asked(desk: Desk) -> None:
    check = submitted_before(desk)
    visit = desk.visit()
    desk.answered(visit, **SHORT)
    desk.sign(visit)
    finding = visit.findings.get()
    FindingReply.objects.create(
        finding=finding, accepts=False, text="Không đúng", replied_on=today(), replied_by=desk.people["unit_head"]
    )
    FindingDecision.objects.create(
        finding=finding, outcome="withdrawn", reason="Ảnh rõ", decided_on=today(), decided_by=desk.people["team_head"]
    )
    assert compared(check)["D3"] == ("pass", "", "one_sided")
    [gap] = gaps_of([check])
    assert gap.overstated == []
    assert gap.honest["numerator"] == gap.honest["denominator"] == len(gap.criteria) - 1
    listed = open_list("self-check-gaps", desk.people["aggregator"], {"campaign": str(check.campaign.uid)})
    assert {row[3]: row[6] for piece in listed.pieces() for row in piece}["D3"] == "Đã rút"


def test_a_correction_after_the_inspectors_came_changes_nothing(desk: Desk) -> None:
    check = submitted_before(desk)
    visit = desk.visit()
    desk.answered(visit, **SHORT)
    desk.sign(visit)
    actions.reopen_self_check(check, by=desk.people["unit_head"], reason="Đoàn vừa chỉ ra chỗ thiếu.")
    check = submitted(desk, check.campaign, **SHORT)
    assert compared(check)["D3"] == ("pass", "fail", "better")
    SelfCheckReopening.objects.update(submitted_on=today() - timedelta(days=DAYS_AGO + 1))
    assert compared(moved(check, 5))["D3"] == ("fail", "fail", "agrees")  # corrected in time


@pytest.mark.parametrize(("days", "there"), [(1, False), (2, True)])
def test_only_a_visit_after_the_day_of_the_submission_is_compared(desk: Desk, days: int, there: bool) -> None:
    check = moved(submitted(desk, sent(desk)), days)  # the visit is of yesterday
    desk.signed()
    assert bool(compared(check)) is there


def test_the_window_is_a_setting_and_holds_for_campaigns_sent_under_it(desk: Desk) -> None:
    check = submitted_before(desk)
    visit = desk.signed()
    assert compared(check)
    SelfCheckRule.objects.create(valid_from=today(), window_months=1)
    check = moved(check, 70)
    assert last_day_of_window(check.submitted_on or today(), 1) < YESTERDAY
    assert compared(check) == {}
    Visit.objects.filter(pk=visit.pk).update(visited_on=today() - timedelta(days=60))
    assert compared(check)


RANK = ["fail", "partial", "pass"]


def naive(said: list[dict[str, Any]], visits: list[dict[str, Any]], last_after: int) -> dict[str, tuple[str, str, str]]:
    """Word by word, over plain lists: the second implementation."""
    first = min(one["day"] for one in said)
    later = [one for one in visits if one["counts"] and first < one["day"] <= first + last_after]
    if not later:
        return {}
    visit = min(later, key=lambda one: one["day"])
    ours = max((one for one in said if one["day"] < visit["day"]), key=lambda one: one["day"])["answers"]
    found = {}
    for code in sorted(ours.keys() | visit["answers"].keys()):
        a, b = ours.get(code, ""), "" if code in visit["withdrawn"] else visit["answers"].get(code, "")
        if not a and not b:
            continue
        if a not in RANK or b not in RANK:
            kind = "one_sided"
        elif RANK.index(a) > RANK.index(b):
            kind = "better"
        else:
            kind = "agrees" if a == b else "worse"
        found[code] = (a, b, kind)
    return found


def test_random_declarations_and_visits_compare_as_the_oracle_says(desk: Desk) -> None:
    """Sixty small histories: corrections, visits before and after, drafts, self-checks, withdrawn findings, both ends of the window."""
    check, head = submitted(desk, sent(desk)), desk.people["team_head"]
    codes = list(check.answers)[:6]
    base = today() - timedelta(days=500)
    length = (last_day_of_window(base, 12) - base).days
    visits = [
        desk.open(visits=[Planned(desk.units["commune"], base + timedelta(n), "short")]).visits.get() for n in range(3)
    ]
    for number in range(60):
        random = Random(number)
        days = sorted(random.sample([0, 1, 5, 9, length - 1, length, length + 1], 4))
        said = [{"day": 0, "answers": answers(random, codes)}]
        if random.random() < 0.5:
            said.append({"day": random.choice([3, 5]), "answers": answers(random, codes)})
        went = []
        for day, visit in zip(days[1:], visits, strict=True):
            one = {"day": day, "answers": answers(random, codes), "counts": random.random() < 0.7, "withdrawn": set()}
            rewrite(visit, one, base, random, head)
            went.append(one)
        SelfCheckReopening.objects.all().delete()
        for old in said[:-1]:
            SelfCheckReopening.objects.create(
                self_check=check, reason="Ghi nhầm số phòng", submitted_on=base + timedelta(old["day"]),
                submitted_at=check.submitted_at, answers=stored(old["answers"]),
            )  # fmt: skip
        last = base + timedelta(said[-1]["day"])
        SelfCheck.objects.filter(pk=check.pk).update(submitted_on=last, answers=stored(said[-1]["answers"]))
        fresh = SelfCheck.objects.select_related("campaign__checklist").get(pk=check.pk)
        assert compared(fresh) == naive(said, went, length), number


def answers(random: Random, codes: list[str]) -> dict[str, str]:
    return {code: random.choice(OUTCOMES) for code in codes if random.random() < 0.8}


def stored(said: dict[str, str]) -> dict[str, dict[str, str]]:
    return {code: {"outcome": outcome} for code, outcome in said.items()}


def rewrite(visit: Visit, one: dict[str, Any], base: Any, random: Random, head: Any) -> None:
    """The visit as the history has it, without asking the acts; one finding of it may be withdrawn."""
    visit.findings.all().delete() if not FindingDecision.objects.filter(finding__visit=visit).exists() else None
    short = [code for code, outcome in one["answers"].items() if outcome in ("partial", "fail")]
    state = "signed" if one["counts"] else "draft"
    moment = visit.recorded_at if one["counts"] else None
    Visit.objects.filter(pk=visit.pk).update(
        visited_on=base + timedelta(one["day"]), answers=stored(one["answers"]), state=state, signed_at=moment
    )
    there = {row.criterion_code for row in visit.findings.all()}
    if short and not there and random.random() < 0.3:
        found = visit.findings.create(unit=visit.unit, criterion_code=short[0], description="Sai", severity=1)
        FindingReply.objects.create(finding=found, accepts=False, text="Không", replied_on=today(), replied_by=head)
        FindingDecision.objects.create(
            finding=found, outcome="withdrawn", reason="Rõ", decided_on=today(), decided_by=head
        )
    one["withdrawn"] = {row.criterion_code for row in visit.findings.all()}


def test_every_pair_of_outcomes() -> None:
    for ours, theirs in itertools.product([*OUTCOMES, ""], repeat=2):
        gap = gap_between(ours, theirs)
        both = ours in RANK and theirs in RANK
        assert (gap == Gap.ONE_SIDED) is not both
        assert (gap == Gap.BETTER) is (both and RANK.index(ours) > RANK.index(theirs))
    assert set(RANK) < set(Outcome.values)


def test_who_inspects_reads_the_declaration_only_beside_what_was_found(desk: Desk) -> None:
    """The coordinator sent it and records visits, the leader records none; the unit reads its own."""
    campaign = sent(desk)
    check = submitted(desk, campaign, D3={"outcome": "fail", "finding": "Tự thấy thiếu biển tên"})
    check = moved(check, DAYS_AGO)
    pages = [check.get_absolute_url(), f"/api/v1/self-checks/{check.uid}", campaign.get_absolute_url()]
    pages += [f"/lists/self-check-gaps.csv?campaign={campaign.uid}", f"/self-checks/campaigns/{campaign.uid}/gap/"]

    def reads(who: str) -> list[bool]:
        client = Client()
        client.force_login(desk.people[who])
        said = client.get(pages[1]).json()["shortfalls"]
        return ["Tự thấy thiếu biển tên" in client.get(pages[0]).content.decode(), bool(said)]

    def others_tell(who: str) -> bool:
        client = Client()
        client.force_login(desk.people[who])
        return any("thiếu biển tên" in client.get(page).getvalue().decode() for page in pages[2:])

    assert {who: reads(who) for who in ("coordinator", "aggregator", "leader", "unit_head")} == {
        "coordinator": [False, False],
        "aggregator": [False, False],
        "leader": [True, True],
        "unit_head": [True, True],
    }
    visit = desk.visit(team=[inspecting.Seat(desk.people["leader"])], by="team_head")
    assert reads("leader") == [False, False]  # now on a team
    desk.answered(visit, **SHORT)
    assert not any(others_tell(who) for who in ("coordinator", "aggregator", "leader"))
    desk.sign(visit)
    assert [reads(who) for who in ("coordinator", "aggregator", "leader")] == [[True, True]] * 3
    assert readable_by(desk.outsider, [], today=today()) == set()


def test_a_sealed_visit_changes_nothing_for_anybody(desk: Desk) -> None:
    check = submitted_before(desk)
    people = {who: desk.people[who] for who in ("unit_head", "coordinator", "aggregator", "leader")}
    places = [check.get_absolute_url(), f"/api/v1/self-checks/{check.uid}", f"{check.campaign.get_absolute_url()}gap/"]

    def world() -> list[str]:
        told = []
        for person in people.values():
            client = Client()
            client.force_login(person)
            told += [
                str(client.get(place).content.count(b"</tr>")) + client.get(place).content.decode()[:200]
                for place in places
            ]
        return told

    before = world()
    visit = desk.visit(sealed=True, team=[inspecting.Seat(desk.people["leader"])])
    desk.answered(visit, **SHORT)
    assert world() == before
    desk.sign(visit)
    assert world() != before
