"""The same things on two sides, and how each address is asked for one of them: for tests that walk every address."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache, partial
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kycuong.audit.models import CheckpointStamp, LogCheckpoint
from kycuong.audit.notes import Checkpoint
from kycuong.audit.queries import log_keys
from kycuong.audit.receipts import SCANNED
from kycuong.audit.signer import take_checkpoint
from kycuong.catalog.actions import add_criterion, add_group, start_draft
from kycuong.catalog.models import Checklist, LegalBasis
from kycuong.core.clock import now, today
from kycuong.core.ids import uuid7
from kycuong.deadlines.actions import add_day_off, confirm_year
from kycuong.draws.actions import reveal_draw
from kycuong.exports.actions import ask_for_file
from kycuong.exports.models import ListExport
from kycuong.exports.tasks import make_next
from kycuong.field.models import FieldAside
from kycuong.field.queries import fields_of
from kycuong.followup import actions as followup
from kycuong.followup.models import MeasureKind, Recommendation
from kycuong.followup.rules.accountability import Subject
from kycuong.gathering.actions import confirm_file, set_aside
from kycuong.inspections import actions
from kycuong.inspections.actions import Declared, Planned
from kycuong.inspections.models import Finding, Inspection, Visit
from kycuong.inspections.queries import plan_of
from kycuong.letterheads.actions import keep_template, use_template
from kycuong.notices.telling import tell
from kycuong.orgs.actions import create_account, deactivate_account, grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Assignment, Person, Unit
from kycuong.papers.starting import starting_file
from kycuong.papers.word import word_file
from kycuong.plans.actions import Item, add_item, draft_plan, issue_plan, record_dissemination, submit_plan
from kycuong.rounds import actions as rounds
from kycuong.selfchecks import actions as selfchecks
from kycuong.selfchecks.models import SelfCheck
from kycuong.signin.actions.keys import link_identity, make_key
from kycuong.signin.models import SignedIn
from kycuong.signin.proving.provider import Identity

from . import drawing
from .desk import FULL_HOUSE, YESTERDAY, Desk, asked, passing
from .field.phone import Phone
from .field.test_record import sign, snapshot_of
from .gathering.forms_sent import come, gathering_of, plain_form
from .kept import Kept
from .matrix import Line
from .papers.samples import letter, minutes
from .photos import examined, jpeg, pdf
from .rounds.asked import MONTH
from .selfchecks.declared import declared
from .signin.soft_key import SoftKey, code_now
from .surface import filled, holes

API = "/api/"
Sides = dict[str, dict[str, str]]
"""Side → thing → what fills the address."""
DAY = f"{YESTERDAY:%d/%m/%Y}"


def in_groups(people: Sequence[str], of: int = 3) -> list[Any]:
    """What is expensive to set up is set up once for each group, and the groups are walked side by side.

    Who may do what is the same code on either database: the second one walks with the first of the people only, who gets
    nearly everything there is, and with all of them with --long.
    """
    groups = [people[:1], *(people[start::of] for start in range(1, 1 + of))]
    return [pytest.param(group, marks=[pytest.mark.look] if place else []) for place, group in enumerate(groups)]


class Back(Exception):
    """Ends a request's transaction without keeping what it wrote."""


@pytest.fixture
def sides(desk: Desk) -> Sides:
    """The same things on two sides: made by the first test that asks for them, put back for the others."""
    if _FIRST:
        _FIRST[0][1].put_back()
        for person in desk.people.values():
            person.refresh_from_db()
    else:
        _FIRST.append((made(desk), Kept()))
    return {side: dict(things) for side, things in _FIRST[0][0].items()}


_FIRST: list[tuple[Sides, Kept]] = []


def made(desk: Desk) -> Sides:
    """Led by the department about the commune, and all in the other district."""
    own = things(desk, by="team_head", planner="aggregator", lead="department", units=["commune"] * 2)
    foreign = things(desk, by="outsider", planner="outsider", lead="other_district", units=["other_commune"] * 2)
    followup.write_wording(by=desk.people["aggregator"], criterion_code="D3", text="Lắp đủ biển tên.")
    with at_the_machine():
        followup.install_measure_kinds(by=None)
    own |= advice(desk, "team_head", "department", "commune")
    foreign |= advice(desk, "outsider", "other_district", "other_commune")
    own |= conclusions(desk, "team_head", "department", "commune", STATES)
    foreign |= conclusions(desk, "outsider", "other_district", "other_commune", ["shared"])
    own |= days_off(desk)
    own["note"] = foreign["note"] = checkpoint().note
    own["receipt"] = foreign["receipt"] = f"{SCANNED}\nleaf {'A' * 43}=\nindex 0\n\n{own['note']}"
    assert take_checkpoint()
    own |= self_checks(desk, "aggregator", "district", "commune", desk.people["unit_head"])
    other_head = Person.objects.get(username__startswith="thutruong.", assignments__unit=desk.units["other_commune"])
    foreign |= self_checks(desk, "outsider", "other_district", "other_commune", other_head)
    own |= reporting(desk, "aggregator", "district", "commune", desk.people["unit_head"])
    foreign |= reporting(desk, "outsider", "other_district", "other_commune", other_head)
    own |= phones(desk, "team_head", "team_member", "department", "commune")
    foreign |= phones(desk, "outsider", "outsider", "other_district", "other_commune")
    own |= proofs(desk.people["team_head"])
    foreign |= proofs(desk.people["outsider"])
    own |= objected(desk, "team_head", "department", "commune", desk.people["unit_head"])
    own |= files_of_lists(desk.people["team_head"])
    foreign |= files_of_lists(desk.people["outsider"])
    foreign |= objected(desk, "outsider", "other_district", "other_commune", other_head)
    own |= own_forms(desk, "records_clerk", "department")
    foreign |= own_forms(desk, "outsider", "other_district")
    own |= declaring(desk, "department", "division")
    foreign |= declaring(desk, "other_district", "other_commune")
    return {"own": own, "foreign": foreign}


def files_of_lists(by: Person) -> dict[str, str]:
    """A list that was made into a file, and one that could not be."""
    ready = ask_for_file("recommendations", by=by, form="csv", asked={})
    assert make_next()
    unmade = ask_for_file("days-off", by=by, form="xlsx", asked={})
    ListExport.objects.filter(pk=unmade.pk).update(state="failed", fault_vi="Hết chỗ.", fault_en="No room.")
    return {"ready": str(ready.uid), "unmade": str(unmade.uid)}


def proofs(person: Person) -> dict[str, str]:
    """What somebody proves with, and where that person is signed in."""
    passkey, _key = SoftKey.of(person)
    api_key, _token = make_key(person, by=person, name="Báo cáo", scope="read", expires_on=today())
    identity = link_identity(person, Identity("https://sso.example", f"sub-{person.pk}"), by=person)
    session = SignedIn.objects.create(person=person, session_key=f"key-{person.pk}", epoch=person.sessions_epoch)
    made = {"passkey": passkey, "api_key": api_key, "identity": identity, "session": session}
    return {thing: str(row.uid) for thing, row in made.items()}


def own_forms(desk: Desk, by: str, unit: str) -> dict[str, str]:
    """A Word file that was sent for the minutes of the unit, and is in use."""
    given: dict[str, Any] = {"by": desk.people[by], "paper": "minutes"}
    sent = keep_template(desk.units[unit], data=own_form(), name="mau.docx", faults=[], deviations=[], **given)
    use_template(desk.units[unit], valid_from=today(), template=sent, **given)
    return {"template": str(sent.uid)}


@cache
def own_form() -> bytes:
    """A Word file with the places of minutes."""
    return starting_file(minutes())


def declaring(desk: Desk, scope: str, agency: str) -> dict[str, str]:
    """The tables that one agency under a scope sent: one that waits, one that holds, one that was set aside."""
    by, name = desk.people["aggregator"], desk.units[agency].name_on(YESTERDAY)
    gathering = gathering_of(desk, scope=scope)
    rows = {f"{place}.xlsx": plain_form(name, visits=5 + place) for place in range(3)}
    files = come(gathering, by, *rows.items())
    confirm_file(files["0.xlsx"], by=by)
    set_aside(files["1.xlsx"], by=by, reason="Gửi nhầm kỳ")
    told = {"declaring": desk.units[scope].slug, "declarer": desk.units[agency].slug, "gathering": str(gathering.uid)}
    names = zip(("holding", "set_aside", "sent"), files.values(), strict=True)
    return told | {thing: str(file.uid) for thing, file in names}


def days_off(desk: Desk) -> dict[str, str]:
    """A day off of a year that nobody confirmed; the year 2031 is confirmed."""
    by = desk.people["aggregator"]
    add_day_off(by=by, day=date(2031, 1, 1), name="Tết Dương lịch")
    confirm_year(2031, by=by, announcement="Thông báo")
    (day,) = add_day_off(by=by, day=date(2032, 1, 1), name="Tết Dương lịch").days
    return {"day": str(day.uid)}


STATES = ["drafted", "shared", "approved", "concluded"]


def conclusions(desk: Desk, by: str, lead: str, unit: str, states: list[str]) -> dict[str, str]:
    """A conclusion in each of the states, on a visit without a checklist; the unit has answered where it was asked."""
    head, leader, made = desk.people[by], desk.people["leader"], {}
    for state in states:
        visit = desk.open(by=by, lead=desk.units[lead], visits=[Planned(desk.units[unit], YESTERDAY)]).visits.get()
        actions.record_answers(visit, by=head, answers={}, strengths="Chấp hành nghiêm túc")
        actions.sign_minutes(visit, by=head, team_signatory="Trưởng đoàn", unit_signatory="Chủ tịch UBND xã")
        visit.refresh_from_db()
        conclusion = actions.draft_conclusion(visit, by=head)
        if state != "drafted":
            actions.share_conclusion(conclusion, by=head)
            if unit == "commune":
                actions.reply_to_conclusion(conclusion, by=desk.people["unit_head"], reply="Nhất trí")
        if state in ("approved", "concluded"):
            actions.approve_conclusion(conclusion, by=leader)
        if state == "concluded":
            actions.issue_conclusion(conclusion, by=desk.people["aggregator"], issued_on=YESTERDAY)
        made[state] = str(conclusion.uid)
    return made


def advice(desk: Desk, by: str, lead: str, unit: str) -> dict[str, str]:
    """A recommendation in a draft; issued ones: untouched, reported with proof, with more time asked for."""
    people, drafts, other_head = desk.people, [], head_of(desk.units[unit])
    for _place in range(2):
        visit = desk.open(by=by, lead=desk.units[lead], visits=[Planned(desk.units[unit], YESTERDAY)]).visits.get()
        actions.record_answers(visit, by=people[by], answers={}, strengths="Chấp hành nghiêm túc")
        actions.sign_minutes(visit, by=people[by], team_signatory="Trưởng đoàn", unit_signatory="Chủ tịch UBND xã")
        visit.refresh_from_db()
        drafts.append(actions.draft_conclusion(visit, by=people[by]))
    write = partial(followup.draft_recommendation, by=people[by], text="Lắp biển tên")
    advised, [advice, reported, asked] = write(drafts[0].visit), [write(drafts[1].visit) for _each in range(3)]
    actions.share_conclusion(drafts[1], by=people[by])
    actions.reply_to_conclusion(drafts[1], by=other_head, reply="Nhất trí")
    actions.approve_conclusion(drafts[1], by=people["leader"])
    actions.issue_conclusion(drafts[1], by=people["aggregator"], issued_on=YESTERDAY)
    report = followup.report_remedy(reported, by=other_head, text="Đã lắp")
    proof = followup.add_remedy_file(report, by=other_head, examined=examined())
    until = Recommendation.objects.get(pk=asked.pk).due_on + timedelta(days=9)
    extension = followup.ask_extension(asked, by=other_head, until=until, reason="Đợi nhà cung cấp giao hàng.")
    above = {"commune": "district", "other_commune": "other_district"}[unit]
    measure = followup.propose_measure(
        drafts[1].visit,
        by=people[by],
        subject=Subject("person", "civil_servant", "staff", "Chuyên viên", "Người thử"),
        kind=MeasureKind.objects.get(code="reprimand"),
        authority=desk.units[above],
        grounds="Tái phạm sau khi đã được nhắc nhở.",
        recommendations=[Recommendation.objects.get(pk=advice.pk)],
    )
    return {
        "measure": str(measure.uid), "judged": str(drafts[1].visit.uid), "authority": desk.units[unit].slug,
        "advice_pk": str(advice.pk), "advice_uid": str(advice.uid),
        "advised": str(advised.uid), "advice": str(advice.uid), "reported_advice": str(reported.uid),
        "report": str(report.uid), "proof": str(proof.uid), "asked": str(extension.uid),
    }  # fmt: skip


def phones(desk: Desk, by: str, other: str, lead: str, unit: str) -> dict[str, str]:
    """A phone whose key is asked for; a visit with two values, something set aside, a photo that has not come, and a signature that waits for it."""
    visit = desk.open(by=by, lead=desk.units[lead], visits=[Planned(desk.units[unit], YESTERDAY)]).visits.get()
    first, second = Phone(desk.people[by]), Phone(desk.people[other])
    for phone in (first, second):
        phone.say(visit, "t/strengths", f"Máy {phone.uid}", base=[])
    first.say(visit, "t/explanation", "Người khác ghi", author=str(desk.people["leader"].uid))
    photo = first.announce(visit, b"not yet here")
    for phone in (first, second):
        phone.sent()
    media = {str(photo): first.said[-1]["value"]["sha256"]}
    first.sent([sign(first, visit, snapshot_of(first, visit, media=media))])
    assert first.post(f"devices/{first.uid}/key-request", {"reason": "Quên mật khẩu của máy"}).status_code == 201
    late_visit, late_photo = late(desk, by, lead, unit)
    return {
        "phone": str(first.uid), "in_field": str(visit.uid), "photo": str(photo),
        "late_visit": str(late_visit.uid), "late_photo": str(late_photo),
    }  # fmt: skip


def late(desk: Desk, by: str, lead: str, unit: str) -> tuple[Visit, UUID]:
    """A visit signed on a phone, and a photo that came after that."""
    visit = desk.open(by=by, lead=desk.units[lead], visits=[Planned(desk.units[unit], YESTERDAY)]).visits.get()
    phone, data = Phone(desk.people[by]), jpeg()
    phone.say(visit, "t/strengths", "Trụ sở gọn gàng")
    phone.sent()
    phone.sent([sign(phone, visit, snapshot_of(phone, visit))])
    photo = phone.announce(visit, data)
    phone.sent()
    assert phone.upload(photo, data, 5000).status_code == 204
    return visit, photo


def two_values(thing: dict[str, str]) -> dict[str, Any]:
    """The choice of the first of the two values."""
    ops = fields_of(Visit.objects.get(uid=thing["in_field"]), ["t/strengths"])["t/strengths"]
    return {"field": "t/strengths", "shown": " ".join(str(op.uid) for op in ops), "choice": str(ops[0].uid)}


def objected(desk: Desk, by: str, lead: str, unit: str, unit_head: Person) -> dict[str, str]:
    """A shared conclusion, and its one finding, to which the unit objects."""
    head = desk.people[by]
    visit = desk.open(by=by, lead=desk.units[lead], visits=[Planned(desk.units[unit], YESTERDAY)]).visits.get()
    actions.record_answers(visit, by=head, answers={}, strengths="Chấp hành nghiêm túc")
    found = actions.add_finding(visit, by=head, description="Cổng khóa trong giờ làm việc.", severity=1)
    actions.sign_minutes(visit, by=head, team_signatory="Trưởng đoàn", unit_signatory="Chủ tịch UBND xã")
    visit.refresh_from_db()
    conclusion = actions.share_conclusion(actions.draft_conclusion(visit, by=head), by=head)
    actions.answer_finding(found, by=unit_head, accepts=False, text="Cổng phụ vẫn mở.")
    return {"hearing": str(conclusion.uid), "objected": str(found.uid)}


def self_checks(desk: Desk, by: str, authority: str, unit: str, unit_head: Person) -> dict[str, str]:
    """A campaign in a draft; a sent one to a unit that has answered all; one whose unit has submitted."""
    person, asks = desk.people[by], desk.units[authority]
    wish = selfchecks.Wish(title="Tự kiểm tra đầu năm", days=10, units=[desk.units[unit]])
    drafted, sent, done = (selfchecks.draft_campaign(by=person, authority=asks, wish=wish) for _each in range(3))
    checks = {}
    for name, campaign in (("self_check", sent), ("self_done", done)):
        check = selfchecks.send_campaign(campaign, by=person).checks.get()
        checks[name] = str(selfchecks.record_self_check(check, by=unit_head, answers=declared(check)).uid)
    selfchecks.submit_self_check(check, by=unit_head)
    return {"self_draft": str(drafted.uid), "self_sent": str(sent.uid), **checks}


def reporting(desk: Desk, by: str, authority: str, agency: str, answers: Person) -> dict[str, str]:
    """A round in a draft; an open one that the agency owes; one to which it has reported; a signed one."""
    person, asks = desk.people[by], desk.units[authority]
    wish = rounds.Wish("Báo cáo tháng", MONTH, 5, [desk.units[agency]])
    drafted, opened, given, done = (rounds.draft_round(by=person, authority=asks, wish=wish) for _each in range(4))
    for one in (opened, given, done):
        rounds.open_round(one, by=person)
    report = given.reports.get()
    submission = rounds.submit_agency_report(report, by=answers)
    return {
        "round_draft": str(drafted.uid), "round_open": str(opened.uid), "agency_report": str(opened.reports.get().uid),
        "given_report": str(report.uid), "submission": str(submission.uid),
        "signed_report": str(rounds.sign_round(done, by=person).uid), "asks": asks.slug, "agency": desk.units[agency].slug,
    }  # fmt: skip


def head_of(unit: Unit) -> Person:
    """Somebody who answers for the unit, and is nobody of the table."""
    with at_the_machine():
        person, _ = create_account(by=None, at=unit, username=f"thutruong.{unit.pk}", full_name="Người trả lời")
        grant_role(person, by=None, role="unit_head", unit=unit)
    return person


def things(desk: Desk, *, by: str, planner: str, lead: str, units: list[str]) -> dict[str, str]:
    head, planning, leading = desk.people[by], desk.people[planner], desk.units[lead]
    draft, signed = (
        desk.open(by=by, lead=leading, visits=[Planned(desk.units[unit], YESTERDAY, "short")]) for unit in units
    )
    visits = []
    for opened in (draft, signed):
        visit = opened.visits.get()
        answers = {**passing(visit), "D3": {"outcome": "fail", "finding": "Chưa có biển tên."}}
        visits.append(actions.record_answers(visit, by=head, answers=answers, headcount=FULL_HOUSE))
    loose = actions.add_finding(visits[0], by=head, description="Cổng trụ sở khóa trong giờ làm việc.", severity=1)
    concerned = actions.add_concerned(loose, by=head, category="part_time", position="Bảo vệ", name="Người thử")
    evidence = actions.add_file(visits[0], by=head, examined=examined(), criterion_code="D3")
    actions.sign_minutes(visits[1], by=head, team_signatory="Trưởng đoàn", unit_signatory="Chủ tịch UBND xã")
    plan = draft_plan(by=planning, agency=leading, year=YESTERDAY.year)
    issued = issue_plan(
        draft_plan(by=planning, agency=leading, year=YESTERDAY.year - 1), by=planning, issued_on=YESTERDAY
    )
    draws = {"by": head, "lead": leading, "area": desk.units["province"]}
    item = add_item(plan, by=planning, said=Item(unit=desk.units[units[0]], month=3))
    spread = record_dissemination(
        by=planning, agency=leading, year=YESTERDAY.year, kind="briefing", held_on=YESTERDAY, title="Hội nghị", people=9
    )
    submitted = submit_plan(draft_plan(by=planning, agency=leading, year=YESTERDAY.year - 2), by=planning)
    tied = desk.open(by=by, lead=leading, visits=[Planned(desk.units[units[0]], YESTERDAY)])
    actions.declare_conflicts(tied, by=head, ties=[Declared("kinship", desk.units[units[0]])])
    crewless = desk.open(by=by, lead=leading, form="planned", team=[], visits=[])
    people = reveal_draw(drawing.people_drawn(by=head, lead=leading), by=head)
    away = {"person": desk.people["nobody"], "unit": desk.units[units[0]], "kind": "kinship", "valid_from": YESTERDAY}
    recusal = actions.add_recusal(by=planning, authority=leading, **away)
    local, bare, group = additions(by=planning, lead=leading)
    broken = actions.ask_seal_break(by=desk.people["leader"], lead=leading, reason=BROKEN)
    actions.confirm_seal_break(broken, by=desk.people["auditor"])
    asked = actions.ask_seal_break(by=desk.people["leader"], lead=leading, reason=BROKEN)
    tell([head], key=f"told:{lead}", subject="Có việc mới", url="/mine/")
    closed, empty = (
        desk.open(
            by=by, lead=leading, sealed=True, visits=[Planned(desk.units[unit], YESTERDAY, "short") for unit in some]
        )
        for some in (units[:1], [])
    )
    return {
        "break": str(asked.uid), "broken": str(broken.uid), "unasked": desk.units["province"].slug,
        "sealed": str(closed.uid), "target": plan_of(closed.sealing).waiting[0].key, "opening": str(empty.uid),
        "draw": str(drawing.committed(**draws).uid), "drawn": str(drawing.drawn(**draws, ago=30).uid),
        "local": str(local.uid), "bare": str(bare.uid), "group": group,
        "basis": str(LegalBasis.objects.earliest("pk").uid),
        "inspection": str(draft.uid), "reported": str(signed.uid), "draft": str(visits[0].uid), "signed": str(visits[1].uid),
        "finding": str(loose.uid), "evidence": str(evidence.uid), "concerned": str(concerned.uid),
        "tied": str(tied.uid), "people": str(people.uid), "crewless": str(crewless.uid), "recusal": str(recusal.uid),
        "remedy": str(Finding.objects.get(visit=visits[1]).uid),
        "plan": str(plan.uid), "issued": str(issued.uid), "submitted": str(submitted.uid), "item": str(item.uid), "spread": str(spread.uid),
        "notice": str(head.notices.earliest("pk").uid),
        "person": str(head.uid), "closed": str(left(head, leading).uid),
        "role": str(Assignment.objects.get(person=head).uid), "lead": leading.slug, "unit": desk.units[units[0]].slug,
    }  # fmt: skip


def additions(*, by: Person, lead: Unit) -> tuple[Checklist, Checklist, str]:
    """Two drafts of what the lead asks in addition, one with two criteria, one with an empty group; its letters."""
    letters = f"I{lead.slug[:2].upper()}"
    local, bare = (start_draft(by=by, version=f"{n}.{lead.pk}", title="Bổ sung", authority=lead) for n in (8, 9))
    add_group(bare, by=by, code=letters, title="Nội dung bổ sung")
    group = add_group(local, by=by, code=letters, title="Nội dung bổ sung")
    for number in (1, 2):
        add_criterion(local, by=by, group=group, code=f"{letters}{number}", content=asked(counted=False))
    return local, bare, letters


def left(head: Person, unit: Unit) -> Person:
    """Somebody of the same unit whose account is closed."""
    with at_the_machine():
        person, _ = create_account(by=None, at=unit, username=f"{head.username}.cu", full_name="Người đã nghỉ")
        grant_role(person, by=None, role="team_member", unit=unit)
        return deactivate_account(person, by=None)


def special(line: Line, thing: dict[str, str], values: dict[str, str]) -> dict[str, str]:
    """What fills an address otherwise than its name says."""
    values = dict(values)
    if "code" in values and "/wordings/" in line.address:
        values |= {"code": "D3"}
    elif "code" in values and "/kinds/" in line.address:
        values |= {"code": "reminder"}
    elif "code" in values:
        values |= {"code": f"{thing['group']}1" if "/criteria/<" in line.address else thing["group"]}
    if line.thing == "role":
        values |= {"uid": thing["person"]}
    if "step" in values:
        steps = {"/plans/": "submit", "/recommendations/": "close", "/measures/": "decide"}
        values |= {"step": next((step for part, step in steps.items() if part in line.address), "approve")}
    if "agency" in values:
        values |= {"agency": thing["declarer"]}
    if "/papers/" in line.address:
        values |= {
            "paper": "plan" if "wording" in line.address else "minutes",
            "piece": "purpose",
            "form": "docx",
            "which": "sent",
        }
    for part, more in PARTS.items():
        values |= more if part in line.address else {}
    return values


PARTS = {
    "lists/<": {"name": "inspections"}, "/figures/summary": {"form": "xlsx"}, "/rounds/s": {"form": "xlsx"},
    "/receipts/": {"kind": "minutes", "form": "txt"},
}  # fmt: skip
"""Part of an address → what fills it."""


def values_of(line: Line, thing: dict[str, str]) -> dict[str, str]:
    """What fills the parameters of the address."""
    values = dict.fromkeys(holes(line.address), thing.get(line.thing, line.thing)) | FIXED | {"key": thing["target"]}
    return values | special(line, thing, values)


def send(client: Client, line: Line, thing: dict[str, str], *, at: dict[str, str] | None = None, **more: Any) -> Any:
    """Ask as a browser or a program does, at the address of `at` if it is another one; `more` is said beside what is needed."""
    address = filled(line.address, values_of(line, at or thing))
    if line.method not in ("GET", "POST") or (line.method == "GET" and line.address.startswith("/api/v1/field/")):
        return send_otherwise(client, line.method, address, thing["phone"])
    if line.method == "GET":
        asked = ASKED.get(line.address, {})
        when = YEARLY if line.address.startswith(PAR) else WHEN
        return client.get(address, {"scope": thing["lead"], **when} if line.thing == "scope" else asked)
    body = BODIES[line.address](thing) if line.address in BODIES else {}
    if line.address in ("/me/security/app/", "/me/security/passkeys/"):
        body |= shown_proof(client, line.address)
    if line.address in MARKED:
        body |= {"seen": seen_at(client, address)}
    body |= more
    if line.address.endswith("/papers/check"):
        return client.post(address, {"file": SimpleUploadedFile("a.docx", word_file(letter()))})
    if line.address.startswith("/api/") and line.address.endswith("/templates/<paper>"):
        return client.post(address, {"file": SimpleUploadedFile("mau.docx", own_form())})
    if line.address.endswith("/proof"):
        return client.post(address, {"files": SimpleUploadedFile("a.pdf", pdf())})
    if line.address.startswith(API):
        return client.post(address, json.dumps(body), content_type="application/json")
    return client.post(address, body)


def shown_proof(client: Client, address: str) -> dict[str, str]:
    """What the page of a new factor wants back; nothing of a stranger."""
    if address.endswith("/app/"):
        found = re.search(r"<code>([A-Z2-7 ]+)</code>", client.get(address).content.decode())
        return {"code": code_now(found[1].replace(" ", ""))} if found else {}
    answer = client.post(f"{address}options/")
    return {"name": "Máy", "credential": SoftKey().made(answer.json())} if answer.status_code == 200 else {}


def checkpoint() -> LogCheckpoint:
    """Signed by this log, of a root that it never had: so that it is understood, and told apart."""
    key, root = log_keys()[0], bytes(32)
    note = key.sign(Checkpoint(key.name, 1, root))
    CheckpointStamp.objects.create(size=1, reply=b"of no authority")
    return LogCheckpoint.objects.create(size=1, root=root.hex(), note=note, made_at=now())


MARKED = (
    "/api/v1/rounds/<uid>/signature", "/api/v1/agency-reports/<uid>/submission", "/rounds/<uuid:uid>/signature/",
    "/rounds/reports/<uuid:uid>/submission/",
)  # fmt: skip
"""What freezes what was read before, and says which."""


def seen_at(client: Client, address: str) -> str:
    """The mark of what is shown there; nothing for whoever is shown nothing."""
    found = re.search(r'"seen"(?: value=|: ?)"(\w+)"', client.get(address).content.decode())
    return found[1] if found else ""


X = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
"""The SHA-256 of «x»."""


def send_otherwise(client: Client, method: str, address: str, phone: str) -> Any:
    """Parts of files, and what a phone asks."""
    if method == "PUT":
        return client.put(address, b"", content_type="application/octet-stream")
    if method == "PATCH":
        part = {"Upload-Offset": "0", "Upload-Length": "12", "KT-Device": phone, "Chunk-Sha256": X}
        return client.patch(address, b"x", content_type="application/offset+octet-stream", headers=part)
    return client.head(address) if method == "HEAD" else client.get(address, {"device": phone})


FIXED = {"version": "1.0", "form": "csv", "name": "visits", "kind": "rename", "token": "khong-co", "place": "0"}
ASKED = {"/api/v1/term": {"start": "2026-04-03", "days": "15"}, "/exports/new/": {"list": "days-off"}}
"""What a GET must say to be understood."""
FIXED |= {"criterion": "kiem-tra"}
WHEN = {"from": "2019-01-01", "to": "2019-04-30"}
PAR, YEARLY = ("/figures/par", "/api/v1/figures/par"), {"year": "2019"}


def typed_criterion() -> dict[str, str]:
    """A criterion as the form sends it: what is not ticked is not sent."""
    return {name: str(value) for name, value in asked(counted=False).items() if value}


def sheet(thing: dict[str, str]) -> dict[str, str]:
    """The form of a visit, filled in as people fill it in."""
    typed = {name: str(value) for name, value in SHEET.items()}
    for code, answer in passing(Visit.objects.get(uid=thing["draft"])).items():
        typed |= {f"{code}-{name}": f"{value}" for name, value in answer.items()}
    return {**typed, "version": "3", "other-severity": "1"}


def seated(thing: dict[str, str]) -> dict[str, str]:
    """Everybody on the team, in the role that is held."""
    return {f"role-{seat.seat_uid}": seat.role for seat in Inspection.objects.get(uid=thing["inspection"]).team.all()}


def judged(thing: dict[str, str]) -> dict[str, Any]:
    """A measure about somebody of the unit, by the unit itself, on the ground of a recommendation."""
    whom = {"about": "person", "category": "civil_servant", "rank": "staff", "position": "Chuyên viên"}
    return {**whom, "kind": "criticism", "authority": thing["authority"], "recommendations": [thing["advice_pk"]]}


KIND = {"title": "Nhắc nhở", "for_person": "on", "valid_from": DAY}
SHEET = {"quota": 12, "present": 11, "absent_excused": 1, "absent_unexcused": 0, "late": 0}
SIGNED = {"team_signatory": "Trưởng đoàn", "unit_signatory": "Chủ tịch", "unit_signature": "signed"}
YEAR = str(YESTERDAY.year)
ANNOUNCED = {
    "source": drawing.SOURCE,
    "source_on": f"{YESTERDAY + timedelta(days=2):%d/%m/%Y}",
    "reveal_by": f"{YESTERDAY + timedelta(days=9):%d/%m/%Y}",
}
TARGET = {"unit": "phong-cai-cach-hanh-chinh", "visited_on": DAY, "checklist_form": "short"}
BROKEN = "Có tin báo kế hoạch đã bị lộ, cần xem ngay."
POLICY = {"offline_hours": 48, "autolock_minutes": 3, "purge_days": 5, "tell_hours": 12}
RULE = {"reply_days": 6, "decide_days": 12, "conclude_days": 15, "unit_silence": "stands", "lead_silence": "waits"}
ROUND = {"title": "Báo cáo tháng", "part": "dates", "first": DAY, "last": DAY, "days": "5"}
CAMPAIGN = {"title": "Tự kiểm tra", "checklist_form": "short", "days": "10"}
REASON = {"reason": "Ghi nhầm đơn vị được kiểm tra."}
DRAFT = "/checklists/drafts/<uuid:uid>/"
COLUMNS = "Mã,Nhóm,Nội dung,Cách trả lời,Mức độ,Hình thức\n"
MAPPED = {"sheet": "Sheet1", "first_row": "5", "last_row": "5", "column-B": "agency", "column-F": "visits"}
BODIES: dict[str, Callable[[dict[str, str]], dict[str, Any]]] = {
    "/declared/new/": lambda thing: {"scope": thing["declaring"], "part": "Q1", "year": "2019"},
    "/declared/<uuid:uid>/": lambda thing: {"sent": SimpleUploadedFile("bieu-1.csv", b"Don vi,So luot\nA,1\n")},
    "/declared/files/<uuid:uid>/": lambda thing: {"agency": thing["declarer"], **MAPPED},
    "/declared/files/<uuid:uid>/removal/": lambda thing: REASON,
    "/units/import/": lambda thing: {"file": SimpleUploadedFile("don-vi.csv", b"Ten don vi,Loai\n")},
    "/inspections/import/": lambda thing: {"file": SimpleUploadedFile("luot.csv", b"Don vi,Ngay\n")},
    "/checklists/import/": lambda thing: {
        "file": SimpleUploadedFile("phieu.csv", COLUMNS.encode()), "version": "7.1", "title": "Phiếu",
    },
    "/papers/check/": lambda thing: {"file": SimpleUploadedFile("van-ban.docx", word_file(letter()))},
    "/papers/units/<slug:slug>/templates/<slug:paper>/": lambda thing: {"file": SimpleUploadedFile("mau.docx", own_form())},
    "/papers/units/<slug:slug>/templates/<slug:paper>/standard/": lambda thing: {"valid_from": f"{today():%d/%m/%Y}"},
    "/papers/templates/<uuid:uid>/": lambda thing: {"looked": "on", "valid_from": f"{today():%d/%m/%Y}"},
    "/api/v1/papers/units/<unit>/templates/<paper>/standard": lambda thing: {"valid_from": f"{today()}", "version": 1},
    "/api/v1/papers/templates/<uid>/use": lambda thing: {"valid_from": f"{today()}", "version": 1},
    "/papers/units/<slug:slug>/head/": lambda thing: {
        "issuer": "CƠ QUAN", "symbol": "CQ", "place": "Nơi ấy", "valid_from": f"{today():%d/%m/%Y}",
    },
    "/papers/units/<slug:slug>/signing/<slug:paper>/": lambda thing: {
        "head_title": "GIÁM ĐỐC", "capacity": "head", "valid_from": f"{today():%d/%m/%Y}",
    },
    "/papers/units/<slug:slug>/wording/<slug:paper>/<slug:piece>/": lambda thing: {
        "text": "Lời riêng.", "valid_from": f"{today():%d/%m/%Y}",
    },
    "/api/v1/papers/units/<unit>/head": lambda thing: {
        "issuer": "CƠ QUAN", "symbol": "CQ", "place": "Nơi ấy", "valid_from": f"{today()}", "version": 0,
    },
    "/api/v1/papers/units/<unit>/signing": lambda thing: {
        "head_title": "GIÁM ĐỐC", "valid_from": f"{today()}", "version": 0,
    },
    "/api/v1/papers/units/<unit>/wording": lambda thing: {
        "paper": "plan", "piece": "purpose", "text": "Lời riêng.", "valid_from": f"{today()}", "version": 0,
    },
    "/checklists/versions/new/": lambda thing: {"version": "7.2", "title": "Phiếu"},
    "/checklists/bases/new/": lambda thing: {"number": "1/2026/NĐ-CP", "title": "Nghị định"},
    "/checklists/bases/<uuid:uid>/": lambda thing: {"title": "Nghị định"},
    f"{DRAFT}name/": lambda thing: {"version": "7.3", "title": "Bổ sung"},
    f"{DRAFT}publication/": lambda thing: {"valid_from": f"{today():%d/%m/%Y}"},
    f"{DRAFT}groups/": lambda thing: {"code": f"{thing['group']}X", "title": "Nhóm nữa"},
    f"{DRAFT}groups/<str:code>/": lambda thing: {"title": "Tên khác"},
    f"{DRAFT}groups/<str:code>/criteria/": lambda thing: {**typed_criterion(), "code": f"{thing['group']}3"},
    f"{DRAFT}criteria/<str:code>/": lambda thing: typed_criterion(),
    f"{DRAFT}criteria/<str:code>/place/": lambda thing: {"to": "down"},
    "/api/v1/exports": lambda thing: {"list": "days-off"},
    "/exports/new/": lambda thing: {"list": "days-off", "file": "csv"},
    "/exports/rules/": lambda thing: {"valid_from": f"{today():%d/%m/%Y}", "at_once": "900", "days_kept": "3"},
    "/checkpoints/": lambda thing: {"note": thing["note"]},
    "/receipts/": lambda thing: {"text": thing["receipt"]},
    "/api/v1/receipts/check": lambda thing: {"text": thing["receipt"]},
    "/api/v1/checkpoints/comparison": lambda thing: {"note": thing["note"]},
    "/days-off/new/": lambda thing: {"day": "02/01/2032", "name": "Nghỉ thêm", "kind": "holiday"},
    "/days-off/swap/": lambda thing: {"off": "05/01/2032", "worked": "10/01/2032"},
    "/days-off/<int:year>/confirmation/": lambda thing: {"announcement": "Thông báo"},
    "/notices/settings/": lambda thing: {"wish": "due"},
    "/people/new/": lambda thing: {
        "username": "nguoi-moi", "full_name": "Người Mới", "role": "team_member", "unit": thing["unit"],
    },
    "/people/<uuid:uid>/factors/": lambda thing: {"reason": "Mất điện thoại"},
    "/api/v1/people/<uid>/factors": lambda thing: {"reason": "Mất điện thoại"},
    "/me/security/keys/": lambda thing: {"name": "Máy", "scope": "read", "expires_on": f"{today():%d/%m/%Y}"},
    "/confirm/": lambda thing: {"credential": "x"},
    "/people/<uuid:uid>/": lambda thing: {"role": "team_member", "unit": thing["unit"]},
    "/plans/new/": lambda thing: {"agency": thing["lead"], "year": str(YESTERDAY.year + 1)},
    "/plans/theme/": lambda thing: {"authority": "tinh-thu-nghiem", "year": YEAR, "title": "Siết chặt kỷ cương"},
    "/plans/<uuid:uid>/text/": lambda thing: {"title": "Kế hoạch", "target_percent": "30"},
    "/plans/<uuid:uid>/issue/": lambda thing: {"issued_on": DAY},
    "/plans/overlaps/limits/": lambda thing: {
        "valid_from": f"{today():%d/%m/%Y}", "span_days": "45", "visits_a_year": "3",
    },
    "/figures/par/rules/<slug:criterion>/": lambda thing: {
        "valid_from": DAY, "title": "Kiểm tra trong năm", "figure": "coverage", "tiers": "30 = 1",
    },
    "/figures/ranking/rules/": lambda thing: {"valid_from": DAY, "least_visits": "4", "partial_percent": "50"},
    "/plans/reminders/": lambda thing: {"agencies": [thing["lead"]], "words": "Đề nghị ban hành kế hoạch."},
    "/plans/theme/spreading/new/": lambda thing: {
        "agency": thing["lead"], "year": YEAR, "kind": "document", "held_on": DAY, "title": "Triển khai",
        "document_number": "3/KH",
    },
    "/plans/theme/spreading/<uuid:uid>/withdrawal/": lambda thing: REASON,
    "/plans/<uuid:uid>/copy/": lambda thing: {"year": str(YESTERDAY.year + 1)},
    "/plans/<uuid:uid>/items/": lambda thing: {"form": "planned", "unit": thing["unit"], "month": "5"},
    "/plans/items/<uuid:uid>/": lambda thing: {"form": "surprise", "units_count": "3", "month": ""},
    "/plans/<uuid:uid>/return/": lambda thing: {"note": "Chưa có chỉ tiêu của từng quý."},
    "/plans/<uuid:uid>/amendment/": lambda thing: {"document_number": "9/QĐ", "document_on": DAY},
    "/plans/<uuid:uid>/number/": lambda thing: {"number": "12/KH"},
    "/inspections/new/": lambda thing: {
        "lead": thing["lead"], "form": "planned", "checklist_form": "by_form",
        "visits-TOTAL_FORMS": "0", "visits-INITIAL_FORMS": "0",
    },
    "/inspections/<uuid:uid>/visits/": lambda thing: {"unit": "phong-cai-cach-hanh-chinh", "visited_on": DAY},
    "/inspections/<uuid:uid>/targets/": lambda thing: TARGET,
    "/inspections/<uuid:uid>/targets/<uuid:key>/": lambda thing: TARGET,
    "/inspections/<uuid:uid>/targets/<uuid:key>/strike/": lambda thing: REASON,
    "/inspections/<uuid:uid>/targets/<uuid:key>/beginning/": lambda thing: {"on": "planned"},
    "/inspections/<uuid:uid>/release/": lambda thing: {"on": DAY, "at": "07:30"},
    "/api/v1/inspections/<uid>/targets": lambda thing: {
        "unit": "phong-cai-cach-hanh-chinh", "visited_on": YESTERDAY.isoformat(),
    },
    "/inspections/<uuid:uid>/cancellation/": lambda thing: REASON,
    "/seals/break/": lambda thing: {"lead": thing["unasked"], "reason": BROKEN},
    "/inspections/<uuid:uid>/team/": lambda thing: {
        **seated(thing), "position-0": "Đại diện Ban Nội chính", "new_role-0": "member",
    },
    "/inspections/<uuid:uid>/groups/": lambda thing: {
        "name-0": "Tổ 1", "lead-0": str(Inspection.objects.get(uid=thing["inspection"]).team.earliest("pk").seat_uid),
        "visits-0": thing["draft"],
    },
    "/inspections/<uuid:uid>/declaration/": lambda thing: {"nothing": "on"},
    "/inspections/<uuid:uid>/waiver/": lambda thing: {**REASON, "which": f"{thing['person']} {thing['unit']}"},
    "/recusals/new/": lambda thing: {
        "authority": thing["lead"], "unit": thing["unit"], "kind": "kinship", "valid_from": DAY,
    },
    "/inspections/<uuid:uid>/decision/": lambda thing: {"number": "5/QĐ", "decision_on": DAY},
    "/visits/new/": lambda thing: {
        "lead": thing["lead"], "unit": thing["unit"], "visited_on": DAY, "form": "planned", "checklist_form": "short",
    },
    "/visits/<uuid:uid>/": sheet,
    "/visits/<uuid:uid>/files/": lambda thing: {"file": SimpleUploadedFile("a.pdf", pdf())},
    "/field/visits/<uuid:uid>/addendum/": lambda thing: {
        "chosen": [thing["late_photo"]], "reason": "Ảnh về sau khi ký", "text": "Bổ sung", "team_signatory": "Trưởng đoàn",
        "unit_signature": "signed", "unit_signatory": "Chủ tịch",
    },
    "/field/visits/<uuid:uid>/beside/": lambda thing: {"late": [thing["late_photo"]], "reason": "Ảnh chụp nhầm nơi khác"},
    "/field/policy/": lambda thing: {**POLICY, "valid_from": f"{today():%d/%m/%Y}"},
    "/api/v1/field/policy": lambda thing: {**POLICY, "valid_from": today().isoformat()},
    "/api/v1/field/devices": lambda thing: {"uid": str(uuid7()), "name": "Máy", "key": "A" * 43 + "="},
    "/api/v1/field/devices/<uid>/key-request": lambda thing: REASON,
    "/api/v1/field/ops": lambda thing: {"device": thing["phone"], "sent_wall": 1, "seq_head": 3, "ops": []},
    "/api/v1/field/rescue": lambda thing: {"kind": "kycuong-rescue", "device": thing["phone"], "sealed": []},
    "/field/visits/<uuid:uid>/resolution/": lambda thing: two_values(thing),
    "/field/visits/<uuid:uid>/acceptance/": lambda thing: {
        **REASON, "aside": str(FieldAside.objects.get(visit__uid=thing["in_field"]).uid),
    },
    "/field/visits/<uuid:uid>/signature/": lambda thing: REASON,
    "/field/visits/<uuid:uid>/missing/": lambda thing: {**REASON, "media": thing["photo"]},
    "/visits/<uuid:uid>/picks/": lambda thing: {"subject": "Hồ sơ đất đai", "size": "40", "number": "3"},
    "/findings/<uuid:uid>/people/": lambda thing: {"category": "official", "position": "Chủ tịch"},
    "/evidence/<uuid:uid>/custody/": lambda thing: REASON,
    "/visits/<uuid:uid>/signing/": lambda thing: {**SIGNED, "version": "3"},
    "/visits/<uuid:uid>/minutes/addenda/": lambda thing: {**SIGNED, **REASON, "text": "Tiêu chí D3: đính chính số phòng."},
    "/visits/<uuid:uid>/minutes/number/": lambda thing: {"number": "3/BB"},
    "/visits/<uuid:uid>/annulment/": lambda thing: REASON,
    "/inspections/<uuid:uid>/report/": lambda thing: {"text": "Đã kiểm tra xong.", "reported_on": DAY},
    "/conclusions/<uuid:uid>/text/": lambda thing: {"strengths": "Tốt", "version": "1"},
    "/conclusions/<uuid:uid>/sharing/": lambda thing: {"days": "9"},
    "/conclusions/<uuid:uid>/reply/": lambda thing: {"reply": "Nhất trí"},
    "/conclusions/<uuid:uid>/return/": lambda thing: REASON,
    "/conclusions/<uuid:uid>/issue/": lambda thing: {"issued_on": DAY},
    "/conclusions/<uuid:uid>/number/": lambda thing: {"number": "9/KL"},
    "/silence/": lambda thing: {**RULE, "valid_from": f"{today():%d/%m/%Y}"},
    "/findings/<uuid:uid>/reply/": lambda thing: {"accepts": "yes", "text": "", "version": "1"},
    "/findings/<uuid:uid>/decision/": lambda thing: {"outcome": "withdrawn", "reason": "Ảnh cho thấy cổng phụ mở."},
    "/api/v1/conclusions/<uid>/replies": lambda thing: {"finding": thing["objected"], "accepts": True},
    "/api/v1/conclusions/<uid>/decisions": lambda thing: {
        "finding": thing["objected"], "outcome": "kept", "reason": "Cổng chính vẫn khóa.",
    },
    "/api/v1/silence-rule": lambda thing: {**RULE, "valid_from": today().isoformat()},
    "/api/v1/findings/<uid>/uploads": lambda thing: {
        "uid": str(uuid7()), "name": "a.pdf", "size": 9, "sha256": "0" * 64,
    },
    "/findings/<uuid:uid>/": lambda thing: {"description": "Chưa có biển tên ở bàn", "severity": "1", "due_on": ""},
    "/findings/<uuid:uid>/remedy/": lambda thing: {"remedied_on": DAY},
    "/conclusions/<uuid:uid>/recommendations/": lambda thing: {"text": "Lắp biển tên", "days": "10"},
    "/recommendations/<uuid:uid>/text/": lambda thing: {"text": "Lắp biển tên", "days": "10"},
    "/recommendations/rules/": lambda thing: {
        "valid_from": f"{today():%d/%m/%Y}", "days_minor": "20", "days_serious": "10", "return_days": "5",
        "check_days": "10", "check_silence": "waits", "ahead": "3", "head_after": "0", "superior_after": "3",
        "leader_after": "7",
    },
    "/recommendations/wordings/<slug:code>/": lambda thing: {"text": "Lắp đủ biển tên"},
    "/recommendations/<uuid:uid>/report/": lambda thing: {"extent": "full", "text": "Đã lắp"},
    "/recommendations/<uuid:uid>/extension/": lambda thing: {
        "until": f"{today() + timedelta(days=60):%d/%m/%Y}", "reason": "Đợi nhà cung cấp giao hàng.",
    },
    "/recommendations/<uuid:uid>/closure/": lambda thing: REASON,
    "/measures/kinds/new/": lambda thing: {**KIND, "code": "lesson_in_public"},
    "/measures/kinds/<slug:code>/": lambda thing: KIND,
    "/measures/retention/": lambda thing: {"valid_from": f"{today():%d/%m/%Y}", "years": "7"},
    "/measures/<uuid:uid>/decision/": lambda thing: {"kind": "reprimand", "number": "7/QĐ", "decided_on": DAY},
    "/measures/<uuid:uid>/refusal/": lambda thing: REASON,
    "/visits/<uuid:uid>/measures/proposal/": lambda thing: {**judged(thing), "grounds": REASON["reason"]},
    "/visits/<uuid:uid>/measures/decision/": lambda thing: {**judged(thing), "number": "7/QĐ", "decided_on": DAY},
    "/visits/<uuid:uid>/hold/": lambda thing: REASON,
    "/api/v1/measures/<uid>/steps/<step>": lambda thing: {"number": "7/QĐ", "decided_on": YESTERDAY.isoformat()},
    "/api/v1/visits/<uid>/measures": lambda thing: {
        "about": "person", "category": "civil_servant", "rank": "staff", "position": "Chuyên viên", "kind": "criticism",
        "authority": thing["authority"], "recommendations": [thing["advice_uid"]], "grounds": REASON["reason"],
    },
    "/remedies/<uuid:uid>/proof/": lambda thing: {"file": SimpleUploadedFile("a.pdf", pdf())},
    "/remedies/<uuid:uid>/acceptance/": lambda thing: {"whole": "yes"},
    "/remedies/<uuid:uid>/return/": lambda thing: REASON,
    "/remedies/<uuid:uid>/recheck/": lambda thing: {"visited_on": DAY},
    "/extensions/<uuid:uid>/answer/": lambda thing: {"grant": "no", **REASON},
    "/api/v1/conclusions/<uid>/recommendations": lambda thing: {"text": "Lắp biển tên"},
    "/api/v1/recommendations/<uid>/text": lambda thing: {"text": "Lắp biển tên", "version": 1},
    "/api/v1/recommendations/<uid>/steps/<step>": lambda thing: REASON,
    "/self-checks/rules/": lambda thing: {
        "valid_from": f"{today():%d/%m/%Y}", "window_months": "12", "ahead": "3", "again_after": "5",
    },
    "/self-checks/campaigns/new/": lambda thing: {**CAMPAIGN, "authority": thing["lead"], "kinds": ["division"]},
    "/self-checks/campaigns/<uuid:uid>/text/": lambda thing: {**CAMPAIGN, "units": thing["unit"]},
    "/self-checks/<uuid:uid>/": lambda thing: {
        f"{code}-{name}": value
        for code, answer in declared(SelfCheck.objects.get(uid=thing["self_check"])).items()
        for name, value in answer.items()
    },
    "/self-checks/<uuid:uid>/reopening/": lambda thing: REASON,
    "/api/v1/self-checks/<uid>/answers": lambda thing: {"version": 2, "answers": {}},
    "/api/v1/self-checks/<uid>/submission": lambda thing: {"version": 2},
    "/rounds/rules/": lambda thing: {
        "valid_from": f"{today():%d/%m/%Y}", "month_days": "3", "quarter_days": "5", "half_days": "7", "year_days": "10",
        "other_days": "5", "ahead": "2", "again_after": "3",
    },
    "/rounds/new/": lambda thing: {**ROUND, "authority": thing["asks"], "agencies": thing["agency"]},
    "/rounds/<uuid:uid>/text/": lambda thing: {**ROUND, "agencies": thing["agency"]},
    "/rounds/<uuid:uid>/cancellation/": lambda thing: REASON,
    "/rounds/reports/<uuid:uid>/": lambda thing: {"difficulties": "Thiếu người."},
    "/rounds/reports/<uuid:uid>/return/": lambda thing: REASON,
    "/rounds/signed/<uuid:uid>/number/": lambda thing: {"number": "7/BC", "dated_on": DAY},
    "/api/v1/rounds/<uid>/signature": lambda thing: {"version": 2},
    "/api/v1/agency-reports/<uid>/submission": lambda thing: {"version": 1},
    "/api/v1/agency-reports/<uid>/acceptance": lambda thing: {"version": 2},
    "/api/v1/agency-reports/<uid>/return": lambda thing: {"version": 2, **REASON},
    "/draws/new/": lambda thing: {**ANNOUNCED, "lead": thing["lead"], "area": "tinh-thu-nghiem", "size_commune_pc": "1"},
    "/draws/new/inspectors/": lambda thing: {**ANNOUNCED, "lead": thing["lead"], "number": "1", "rest_months": "12"},
    "/draws/<uuid:uid>/beacon/": lambda thing: {"beacon": "48213", "again": "48213"},
    "/draws/<uuid:uid>/inspection/": lambda thing: {"visited_on": DAY},
    "/draws/<uuid:uid>/team/": lambda thing: {"inspection": thing["crewless"]},
    "/draws/<uuid:uid>/revelation/": lambda thing: {"sure": "on"},
    "/draws/<uuid:uid>/abandonment/": lambda thing: {"reason": "Nguồn công khai không quay thưởng."},
    "/api/v1/inspections": lambda thing: {"lead": thing["lead"], "form": "planned"},
    "/api/v1/inspections/<uid>/visits": lambda thing: {
        "unit": "phong-cai-cach-hanh-chinh", "visited_on": YESTERDAY.isoformat(),
    },
    "/api/v1/inspections/<uid>/decision": lambda thing: {"number": "5/QĐ", "decision_on": YESTERDAY.isoformat()},
    "/api/v1/inspections/<uid>/team": lambda thing: {"version": 1, "joining": [{"position": "Đại diện Báo tỉnh"}]},
    "/api/v1/inspections/<uid>/groups": lambda thing: {"version": 1, "groups": []},
    "/api/v1/inspections/<uid>/declaration": lambda thing: {"nothing": True},
    "/api/v1/visits/<uid>/answers": lambda thing: {"version": 3, "answers": {}},
    "/api/v1/visits/<uid>/minutes": lambda thing: {"version": 3, **SIGNED},
    "/api/v1/visits/<uid>/picks": lambda thing: {"subject": "Hồ sơ đất đai", "size": 1, "number": 1},  # no chance
    "/api/v1/visits/<uid>/uploads": lambda thing: {
        "uid": str(uuid7()), "name": "a.pdf", "size": 9, "sha256": "0" * 64,
    },
    "/api/v1/visits/<uid>/annulment": lambda thing: REASON,
    "/api/v1/conclusions/<uid>/text": lambda thing: {"strengths": "Tốt", "version": 1},
    "/api/v1/conclusions/<uid>/steps/<step>": lambda thing: {},
    "/api/v1/plans": lambda thing: {"agency": thing["lead"], "year": YESTERDAY.year + 1},
    "/api/v1/plans/<uid>/text": lambda thing: {"title": "Kế hoạch", "target_percent": 30, "version": 2},
    "/api/v1/plans/<uid>/items": lambda thing: {"form": "planned", "unit": thing["unit"], "month": 5},
    "/api/v1/plans/<uid>/steps/<step>": lambda thing: {"version": 2},
}  # fmt: skip
