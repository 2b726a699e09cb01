"""The same things on two sides, for tests that walk every address."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from kycuong.audit.models import CheckpointStamp, LogCheckpoint
from kycuong.audit.notes import Checkpoint
from kycuong.audit.queries import log_keys
from kycuong.audit.receipts import SCANNED
from kycuong.audit.signer import take_checkpoint
from kycuong.catalog.actions import add_criterion, add_group, start_draft
from kycuong.catalog.models import Checklist, LegalBasis
from kycuong.connect.actions import make_feed, make_webhook, try_webhook
from kycuong.connect.actions._pausing import not_taken, pause
from kycuong.connect.models import Delivery, Destination
from kycuong.core.clock import now, today
from kycuong.deadlines.actions import add_day_off, confirm_year
from kycuong.draws.actions import reveal_draw
from kycuong.exports import store
from kycuong.exports.actions import ask_for_file
from kycuong.exports.models import ListExport
from kycuong.exports.tasks import make_next
from kycuong.followup import actions as followup
from kycuong.followup.models import MeasureKind, Recommendation
from kycuong.followup.rules.accountability import Subject
from kycuong.gathering.actions import confirm_file, set_aside
from kycuong.inspections import actions
from kycuong.inspections.actions import Declared, Planned
from kycuong.inspections.models import Finding, Visit
from kycuong.inspections.queries import plan_of
from kycuong.letterheads.actions import keep_template, use_template
from kycuong.notices.actions import write_announcement
from kycuong.notices.telling import tell
from kycuong.openness.actions import open_page
from kycuong.openness.inbox import receive_report
from kycuong.openness.models import CitizenReport
from kycuong.orgs.actions import create_account, deactivate_account, grant_role, name_stand_in
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Assignment, Person, Unit
from kycuong.plans.actions import Item, add_item, draft_plan, issue_plan, record_dissemination, submit_plan
from kycuong.rounds import actions as rounds
from kycuong.selfchecks import actions as selfchecks
from kycuong.signin.actions.keys import link_identity, make_key
from kycuong.signin.models import SignedIn
from kycuong.signin.proving.provider import Identity

from . import drawing
from .bodies import BROKEN, own_form
from .desk import FULL_HOUSE, YESTERDAY, Desk, asked, passing
from .field.phone import Phone
from .field.test_record import sign, snapshot_of
from .gathering.forms_sent import come, gathering_of, plain_form
from .kept import Kept
from .photos import examined, jpeg
from .rounds.asked import MONTH
from .selfchecks.declared import declared
from .signin.soft_key import SoftKey

Sides = dict[str, dict[str, str]]
"""Side → thing → what fills the address."""


class Back(Exception):
    """Ends a request's transaction without keeping what it wrote."""


@pytest.fixture
def sides(desk: Desk) -> Sides:
    """The same things on two sides: made by the first test that asks for them, put back for the others."""
    if _FIRST:
        _FIRST[0][1].put_back()
        for path, content in _FIRST[0][2].items():  # a tick of a test between sweeps what no row asks for
            path.write_bytes(content)
        for person in desk.people.values():
            person.refresh_from_db()
    else:
        made_now, files = made(desk), store.folder().iterdir()
        _FIRST.append((made_now, Kept(), {path: path.read_bytes() for path in files if path.is_file()}))
    return {side: dict(things) for side, things in _FIRST[0][0].items()}


_FIRST: list[tuple[Sides, Kept, dict[Path, bytes]]] = []


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
    own |= told_elsewhere(desk.people["aggregator"])
    foreign |= own_forms(desk, "outsider", "other_district")
    own |= declaring(desk, "department", "division")
    foreign |= declaring(desk, "other_district", "other_commune")
    own["citizen_report"], foreign["citizen_report"] = (reported(desk, place) for place in ("commune", "other_commune"))
    own |= to_stand_in(desk, "team_head", "department", desk.people["records_clerk"])
    foreign |= to_stand_in(desk, "outsider", "other_district", None)
    for side in (own, foreign):
        side["webhook_of"] = destination_of(Person.objects.get(uid=side["person"]))
    open_page(by=desk.people["leader"], valid_from=today() + timedelta(days=1), reason="Văn bản số 12/UBND")
    return {"own": own, "foreign": foreign}


def to_stand_in(desk: Desk, name: str, place: str, colleague: Person | None) -> dict[str, str]:
    """Somebody who will stand in from tomorrow, and gives nobody any right today; with the colleague who may be named again."""
    principal, unit = desk.people[name], desk.units[place]
    if colleague is None:
        with at_the_machine():
            colleague, _ = create_account(by=None, at=unit, username=f"{name}.2", full_name="Đồng nghiệp")
            grant_role(colleague, by=None, role="records_clerk", unit=unit)
    days = {"valid_from": today() + timedelta(days=1), "valid_to": today() + timedelta(days=3), "reason": "Đi công tác"}
    role = principal.assignments.get(unit=unit).role
    named = name_stand_in(principal, by=principal, role=role, unit=unit, person=colleague, **days)
    colleague.refresh_from_db()  # naming ends the sessions of before: who signs in now does so anew
    told = {"stand_in": str(named.uid), "lends": role, "lender_at": unit.slug}
    return told | {"colleague": str(colleague.uid), "colleague_name": colleague.username}


def told_elsewhere(person: Person) -> dict[str, str]:
    """Two destinations of other programs: one that was sent something, and one that is paused."""
    one, two = (
        make_webhook(person, by=person, name=name, address="https://hooks.example/", kinds=["visit.signed"])[0]
        for name in ("Hub", "Store")
    )
    delivery = try_webhook(one, by=person)
    Delivery.objects.filter(pk=delivery.pk).update(done=True)
    with transaction.atomic():
        pause(two, not_taken("Không kết nối được"))
    return {"webhook": str(one.uid), "webhook_paused": str(two.uid), "delivery": str(delivery.uid)}


def destination_of(person: Person) -> str:
    """One that somebody added while they held a role that they have lost."""
    where = {"address": "https://hooks.example/", "origin": "https://hooks.example"}
    return str(Destination.objects.create(owner=person, name="Old hub", kinds=["visit.signed"], **where).uid)


def reported(desk: Desk, place: str) -> str:
    """What somebody reported of a unit."""
    words = {"about": "delay", "text": "Hồ sơ nộp đã lâu mà chưa ai trả lời.", "contact": "0912 000 111"}
    receive_report(desk.units[place], address="10.0.0.1", **words)
    return str(CitizenReport.objects.order_by("-pk")[0].uid)


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
    make_feed(person, by=person)
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
        "announced": str(
            write_announcement(
                by=desk.people["aggregator"], unit=leading, text=f"Họp giao ban tại {leading}", last_on=today()
            ).uid
        ),
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


def checkpoint() -> LogCheckpoint:
    """Signed by this log, of a root that it never had: so that it is understood, and told apart."""
    key, root = log_keys()[0], bytes(32)
    note = key.sign(Checkpoint(key.name, 1, root))
    CheckpointStamp.objects.create(size=1, reply=b"of no authority")
    return LogCheckpoint.objects.create(size=1, root=root.hex(), note=note, made_at=now())
