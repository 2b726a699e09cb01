"""Signing the minutes of a visit, which makes it count; numbering and adding to them; confirming a remedy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string

from kycuong.audit.log import act, record, record_many
from kycuong.catalog.rules import Outcome
from kycuong.core.checks import ensure_clean, refresh
from kycuong.core.clock import now, today
from kycuong.core.problems import BadInput, RuleBroken, Stale
from kycuong.inspections import authority, rules
from kycuong.inspections.models import Addendum, Finding, Minutes, Visit
from kycuong.inspections.queries import (
    addendum_digest,
    criteria_at,
    exceptions_at,
    form_of,
    minutes_digest,
    read_back_mark,
    unanswered,
)
from kycuong.inspections.rules import UnitSignature, VisitState
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person

from ._steps import claim, full_name_on, rewrite_exceptions, settle


@act
def sign_minutes(
    visit: Visit,
    *,
    by: Person,
    version: int | None = None,
    team_signatory: str,
    unit_signature: str = UnitSignature.SIGNED,
    unit_signatory: str = "",
    refusal_reason: str = "",
    witness: str = "",
    secretary: str = "",
    number: str = "",
    begun_at: time | None = None,
    ended_at: time | None = None,
    explanations: Mapping[UUID, str] | None = None,
    read_back: str = "",
) -> Minutes:
    """Sign what was read back, with what the unit says to each finding. From here on the visit counts, and nothing
    in it changes. `read_back` marks the photos and files that were there; empty when nobody could tell."""
    authority.authorize(by, "visit.sign", at=visit)
    claim(visit, version)
    _ensure_read_back(visit, read_back)
    signature = _signature(team_signatory, unit_signature, unit_signatory, refusal_reason, witness)
    rules.ensure_signed_by_somebody(**signature, begun_at=begun_at, ended_at=ended_at)
    _ensure_ready(visit)
    beside = _write_beside(visit, explanations or {}, by)
    visit.unit_name_then = full_name_on(visit.unit, visit.visited_on)
    visit.lead_name_then = full_name_on(visit.inspection.lead, visit.visited_on)
    visit.state, visit.signed_at, visit.signed_by = VisitState.SIGNED, now(), by
    ensure_clean(visit)
    minutes = Minutes(visit=visit, number=number.strip(), begun_at=begun_at, ended_at=ended_at, **signature)
    minutes.secretary = secretary.strip()
    minutes.decision_number, minutes.decision_on = visit.inspection.decision_number, visit.inspection.decision_on
    minutes.digest = minutes_digest(visit, minutes)
    ensure_clean(minutes)
    _write_signed(visit)
    minutes.save(force_insert=True)
    record_many("visit.sign", [visit, minutes, *beside], by=by)
    settle(visit.inspection, by=by, begun=True)
    return minutes


@act
def number_minutes(visit: Visit, *, by: Person, number: str) -> Minutes:
    """Record the number that the office gave the signed minutes; once there, it stays."""
    authorize(by, "minutes.number", at=visit.inspection.lead)
    refresh(visit)
    rules.ensure_signed(visit)
    minutes = Minutes.objects.select_for_update().get(visit=visit)
    if minutes.number:
        raise RuleBroken(
            f"Biên bản đã có số {minutes.number}. Nếu số sai, hãy hủy lượt này rồi ghi lại.",
            en=f"The minutes already bear the number {minutes.number}. If it is wrong, annul the visit and record it again.",
        )
    minutes.number = number.strip()
    if not minutes.number:
        raise BadInput(
            "Hãy ghi số biên bản.",
            en="Give the number of the minutes.",
            errors=[{"field": "number", "vi": "Hãy ghi số biên bản.", "en": "Give the number of the minutes."}],
        )
    ensure_clean(minutes)
    minutes.save(update_fields=["number"])
    record("minutes.number", minutes, by=by)
    return minutes


@act
def add_addendum(
    visit: Visit,
    *,
    by: Person,
    reason: str,
    text: str,
    team_signatory: str,
    unit_signature: str = UnitSignature.SIGNED,
    unit_signatory: str = "",
    refusal_reason: str = "",
    witness: str = "",
) -> Addendum:
    """Put something right beside signed minutes, with signatures of its own. What was signed before stays as it is."""
    authority.authorize(by, "visit.sign", at=visit)
    rules.ensure_signed(visit)
    rules.ensure_reason(reason)
    rules.ensure_text(text)
    signature = _signature(team_signatory, unit_signature, unit_signatory, refusal_reason, witness)
    rules.ensure_signed_by_somebody(**signature)
    minutes = Minutes.objects.select_for_update().get(visit=visit)
    addendum = Addendum(minutes=minutes, position=minutes.addenda.count() + 1, signed_by=by, **signature)
    addendum.reason, addendum.text = reason.strip(), text.strip()
    addendum.digest = addendum_digest(addendum)
    ensure_clean(addendum)
    addendum.save(force_insert=True)
    record("visit.add_addendum", addendum, by=by)
    return addendum


@act
def confirm_remedy(finding: Finding, *, by: Person, remedied_on: date, note: str = "") -> Finding:
    """Confirm that a shortcoming was remedied, and when."""
    authorize(by, "remedy.confirm", at=finding.visit.inspection.lead)
    refresh(finding.visit)
    rules.ensure_signed(finding.visit)
    rules.ensure_followed_here(
        next((where for path in settings.FINDINGS_FOLLOWED if (where := import_string(path)(finding))), "")
    )
    rules.ensure_remedied_in_order(remedied_on, visited_on=finding.visit.visited_on, today=today())
    finding.remedied_on, finding.remedied_by, finding.remedy_note = remedied_on, by, note.strip()
    ensure_clean(finding)
    open_ones = Finding.objects.filter(pk=finding.pk, remedied_on__isnull=True)
    if not open_ones.update(remedied_on=remedied_on, remedied_by=by, remedy_note=note.strip()):
        raise Stale(
            "Tồn tại này đã được xác nhận khắc phục rồi.", en="The remedy of this finding has been confirmed already."
        )
    record("remedy.confirm", finding, by=by)
    return finding


def _signature(
    team_signatory: str, unit_signature: str, unit_signatory: str, refusal_reason: str, witness: str
) -> dict[str, Any]:
    """Whose signatures stand below; a reason and a witness only where the unit refused."""
    refused = unit_signature == UnitSignature.REFUSED
    return {
        "team_signatory": team_signatory.strip(),
        "unit_signature": unit_signature,
        "unit_signatory": unit_signatory.strip(),
        "refusal_reason": refusal_reason.strip() if refused else "",
        "witness": witness.strip() if refused else "",
    }


def _write_beside(visit: Visit, explanations: Mapping[UUID, str], by: Person) -> list[Model]:
    """What the unit says beside its findings, and what was not asked of it. Returns the rows that were written."""
    written = rewrite_exceptions(visit, exceptions_at(visit, form_of(visit)), by=by)
    for finding in visit.findings.filter(uid__in=list(explanations)):
        said = explanations[finding.uid].strip()
        if said != finding.unit_explanation:
            finding.unit_explanation = said
            ensure_clean(finding)
            finding.save(update_fields=["unit_explanation"])
            written.append(finding)
    return written


def _ensure_read_back(visit: Visit, mark: str) -> None:
    if mark and mark != read_back_mark(visit):
        raise Stale(
            "Ảnh, tệp của lượt này vừa được thêm hoặc bỏ sau khi bạn mở trang. Hãy đọc lại rồi ký.",
            en="Photos or files of this visit were added or removed since you opened the page. Read it again, then sign.",
        )


def _ensure_ready(visit: Visit) -> None:
    rules.ensure_not_in_future(visit.visited_on, today=today())
    criteria = criteria_at(visit)
    rules.ensure_complete(unanswered(criteria, visit.answers))
    codes = list(visit.findings.values_list("criterion_code", flat=True))
    short = [code for code, answer in visit.answers.items() if answer["outcome"] in (Outcome.PARTIAL, Outcome.FAIL)]
    rules.ensure_described(code for code in short if code not in codes)
    rules.ensure_anything_to_sign(has_checklist=bool(criteria), findings=len(codes), strengths=visit.strengths)


def _write_signed(visit: Visit) -> None:
    """One conditional statement, so that of two clicks one signs."""
    values = {
        name: getattr(visit, name) for name in ("state", "signed_at", "signed_by", "unit_name_then", "lead_name_then")
    }
    if not Visit.objects.filter(pk=visit.pk, state=VisitState.DRAFT, version=visit.version).update(**values):
        raise Stale("Biên bản này vừa được ký.", en="These minutes have just been signed.")
