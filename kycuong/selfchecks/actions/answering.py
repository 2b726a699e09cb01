"""What the unit does: it answers the checklist about itself, submits, and reopens what it must correct."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import F

from kycuong.audit.log import act, record, record_many
from kycuong.catalog.rules import Answer, Outcome, weigh_all
from kycuong.core.checks import ensure_clean, refresh
from kycuong.core.clock import now, today
from kycuong.core.problems import Stale
from kycuong.inspections.queries import unanswered
from kycuong.inspections.rules import ensure_complete, ensure_described
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person
from kycuong.selfchecks import rules
from kycuong.selfchecks.models import SelfCheck, SelfCheckReopening
from kycuong.selfchecks.queries import criteria_asked, exceptions_said
from kycuong.selfchecks.rules import CheckState

from ._telling import ANSWER


@act
def record_self_check(
    check: SelfCheck,
    *,
    by: Person,
    version: int | None = None,
    answers: Mapping[str, Answer],
    notes: str | None = None,
) -> SelfCheck:
    """Write all answers given so far; they replace those written before. By the rules of a visit: what is short of a pass is
    described. Presence and case files the unit answers itself, without a roll-call sheet or a draw."""
    authorize(by, ANSWER, at=check.unit)
    _claim(check, version)
    judged = weigh_all(criteria_asked(check), answers)
    ensure_described(code for code in judged.short_of_pass if code not in judged.findings)
    check.answers, check.shortfalls = judged.stored, judged.findings
    check.exceptions = exceptions_said(check, judged.stored)
    if notes is not None:
        check.notes = notes.strip()
    check.state = CheckState.DRAFT
    ensure_clean(check)
    check.save()
    record("selfcheck.record", check, by=by)
    return check


@act
def submit_self_check(check: SelfCheck, *, by: Person, version: int | None = None) -> SelfCheck:
    """Hand it in. From here on it does not change."""
    authorize(by, ANSWER, at=check.unit)
    _claim(check, version)
    ensure_complete(unanswered(criteria_asked(check), check.answers))
    short = [code for code, one in check.answers.items() if one["outcome"] in (Outcome.PARTIAL, Outcome.FAIL)]
    ensure_described(code for code in short if not check.shortfalls.get(code))
    check.exceptions = exceptions_said(check, check.answers)
    check.state, check.submitted_on, check.submitted_at, check.submitted_by = CheckState.SUBMITTED, today(), now(), by
    ensure_clean(check)
    check.save()
    record("selfcheck.submit", check, by=by)
    return check


@act
def reopen_self_check(check: SelfCheck, *, by: Person, reason: str) -> SelfCheck:
    """Take it back to correct it, with the reason; what it said until now stays on record."""
    authorize(by, ANSWER, at=check.unit)
    refresh(check)
    rules.ensure_campaign_open(check.campaign.state)
    rules.ensure_submitted(check.state)
    rules.ensure_reason(reason)
    kept = {"answers": check.answers, "shortfalls": check.shortfalls, "submitted_on": check.submitted_on}
    kept |= {"submitted_at": check.submitted_at, "submitted_by": check.submitted_by}
    reopening = SelfCheckReopening(self_check=check, reason=reason.strip(), reopened_by=by, **kept)
    ensure_clean(reopening)
    reopening.save(force_insert=True)
    check.state, check.submitted_on, check.submitted_at, check.submitted_by = CheckState.DRAFT, None, None, None
    check.version += 1
    ensure_clean(check)
    check.save()
    record_many("selfcheck.reopen", [check, reopening], by=by)
    return check


def _claim(check: SelfCheck, version: int | None) -> None:
    """Take the next version of a self-check that may be written. One statement: of two who hold the same version, one wins."""
    if version is None:
        refresh(check)
    read = check.version if version is None else version
    there = SelfCheck.objects.filter(pk=check.pk, version=read).exclude(state=CheckState.SUBMITTED)
    taken = there.update(version=F("version") + 1)
    refresh(check)
    refresh(check.campaign)
    rules.ensure_campaign_open(check.campaign.state)
    rules.ensure_unsubmitted(check.state)
    if not taken:
        raise Stale(
            "Bản tự kiểm tra này vừa được người khác ghi. Những gì bạn nhập còn nguyên: hãy xem bản mới rồi lưu lại.",
            en="Somebody else has just written to this self-check. What you typed is kept: look at it, then save again.",
        )
