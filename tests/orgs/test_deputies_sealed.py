"""What was done in somebody's stead is listed act by act; of what is sealed whoever does not know it learns nothing, not even a number."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.test import Client
from django.urls import reverse

from kycuong.audit.hanging import path_to
from kycuong.inspections import actions
from kycuong.inspections.actions import Planned, Seat
from kycuong.inspections.models import Inspection, TeamMember, Visit
from kycuong.inspections.queries import plan_of
from kycuong.inspections.rules import TeamRole
from kycuong.orgs.models import Person, StandIn
from kycuong.orgs.queries.done import acts_done
from kycuong.plans import actions as plans
from tests.desk import YESTERDAY, Desk, settle
from tests.orgs.lending import drafted, lend, lend_coordinator, somebody


def opened(desk: Desk, by: Person, *, sealed: bool) -> Inspection:
    given: dict[str, Any] = {"lead": desk.units["department"], "form": "surprise", "sealed": sealed}
    visits = [Planned(desk.units[place], YESTERDAY, "short") for place in ("commune", "second_commune")]
    return actions.open_inspection(by=by, visits=visits, team=[Seat(by, role=TeamRole.HEAD)], **given)


def page_and_number(who: Person, named: StandIn) -> tuple[str, int]:
    browser = Client()
    browser.force_login(who)
    page = browser.get(reverse("orgs:stand_in", args=[named.uid])).content.decode()
    told = browser.get("/api/v1/stand-ins").json()["stand_ins"]
    return page, next((one["acts"] for one in told if one["uid"] == str(named.uid)), -1)


def test_of_a_sealed_inspection_opened_in_somebodys_stead_neither_he_nor_who_keeps_accounts_learns(desk: Desk) -> None:
    principal, deputy = desk.people["team_head"], somebody(desk, "dee", "records_clerk", "department")
    named = lend(desk, principal, "team_head", deputy, place="department")
    deputy = settle(Person.objects.get(pk=deputy.pk))
    made = opened(desk, deputy, sealed=True)
    first, second = plan_of(made.sealing).waiting
    actions.look_at_sealing(made, by=deputy)
    actions.strike_target(made, by=deputy, key=second.key, reason="Hoãn theo công văn")
    visit = actions.begin_target(made, by=deputy, key=first.key, as_planned=True)
    actions.remove_draft_visit(visit, by=deputy)
    touched = set(named.acts.values_list("model", flat=True))
    assert {"inspections.Inspection", "inspections.Sealing", "inspections.Visit"} <= touched
    for reader in (principal, desk.people["system_admin"]):
        page, number = page_and_number(reader, named)
        assert "Chưa làm thay việc nào." in page
        assert number == (0 if reader == principal else -1)
        assert acts_done([named.pk], by=reader) == {named.pk: []}
    page, number = page_and_number(deputy, named)
    assert "Mở cuộc kiểm tra" in page
    assert number >= 3
    plain = opened(desk, deputy, sealed=False)
    actions.remove_draft_visit(plain.visits.all()[0], by=deputy)
    page, number = page_and_number(principal, named)
    assert page.count("Mở cuộc kiểm tra") == number == 1


def test_one_act_is_one_line_however_many_rows_it_wrote(desk: Desk) -> None:
    clerk = somebody(desk, "clerk", "records_clerk", "district")
    named = lend_coordinator(desk, clerk)
    plan = drafted(desk, clerk)
    plans.submit_plan(plan, by=clerk)
    assert named.acts.count() > 2
    done = acts_done([named.pk], by=desk.people["coordinator"])[named.pk]
    assert [one.verbs for one in done] == [["plan.submit"], ["plan.draft"]]
    page, number = page_and_number(desk.people["coordinator"], named)
    assert number == 2
    assert page.count("Trình kế hoạch") == 1


def test_every_record_of_an_inspection_is_known_to_hang_from_it() -> None:
    assert (path_to(Inspection, Visit), path_to(Inspection, TeamMember)) == ("inspection", "inspection")
    assert path_to(Inspection, apps.get_model("followup.RemedyReport")) == "recommendation__visit__inspection"
    hang = {model._meta.label for model in apps.get_models() if path_to(Inspection, model)}
    own = {model._meta.label for model in apps.get_app_config("inspections").get_models()}
    apart = {
        "inspections.SilenceRule",
        "inspections.StandingRecusal",
        "inspections.SealBreak",
        "inspections.SealBreakNote",
    }
    assert own - hang == apart
    field = {f"field.{name}" for name in ("FieldOp", "FieldMedia", "FieldSignature", "FieldVisit", "FieldHead")}
    assert hang >= field
    assert not {label for label in hang if label.split(".")[0] in {"orgs", "plans", "rounds", "openness"}}
