"""The signature: what all figures say now becomes one text that nobody changes; the clerk adds number and day."""

from __future__ import annotations

import secrets
from datetime import date

from kycuong.audit.log import act, record, record_many
from kycuong.core.checks import ensure_clean, refresh
from kycuong.core.clock import now, today
from kycuong.core.problems import BadInput, RuleBroken
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person
from kycuong.reports.rules.summary import Summary
from kycuong.rounds import rules
from kycuong.rounds.models import ReportingRound, SignedReport, SignedReportNumber
from kycuong.rounds.queries import (
    Ahead,
    ahead_of_signature,
    code_version,
    frozen_lines,
    progress_of,
    signing_mark,
    unit_named,
)
from kycuong.rounds.rules import Adjusted, Frozen, RoundState

from ._moving import move_round
from ._telling import NUMBER, SIGN, tell_clerks
from .reporting import NONCE_SIZE, ensure_marked, ensure_seen


@act
def sign_round(
    found: ReportingRound,
    *,
    by: Person | None,
    difficulties: str = "",
    proposals: str = "",
    version: int | None = None,
    seen: str | None = None,
    ahead: Ahead | None = None,
) -> SignedReport:
    """Freeze the report of the round, with who reported and what is adjusted of earlier reports. It ends the round.

    `ahead` was counted before the act took its turn; where figures may have moved since, it is counted again.
    """
    authorize(by, SIGN, at=found.authority)
    ensure_marked(seen)
    rules.ensure_over((found.last - today()).days + 1, f"{found.last:%d/%m/%Y}")
    move_round(found, version, RoundState.OPEN, state=RoundState.SIGNED)
    ensure_clean(found)
    counted = ahead if ahead and ahead.holds() else ahead_of_signature(found)
    ensure_seen(seen, lambda: signing_mark(found, counted.compiled, counted.adjusted, by))
    frozen = _frozen(found, rules.with_words(counted.compiled, difficulties, proposals), counted.adjusted)
    content = rules.frozen_text(frozen)
    signed = SignedReport(
        round=found,
        authority=found.authority,
        title=f"{unit_named(found.authority, found.last)}: {found.title}"[:300],
        content=content,
        sha256=rules.digest_of(content),
        code_version=code_version(),
        signed_at=now(),
        signed_by=by,
    )
    ensure_clean(signed)
    signed.save(force_insert=True)
    record_many("round.sign", [found, signed], by=by)
    tell_clerks(signed)
    return signed


@act
def number_signed_report(signed: SignedReport, *, by: Person | None, number: str, dated_on: date) -> SignedReportNumber:
    """Record the number and the day that the office gave it; once there, they stay."""
    authorize(by, NUMBER, at=signed.authority)
    refresh(signed)
    rules.ensure_number(number)
    there = SignedReportNumber.objects.filter(signed=signed).first()
    if there:
        raise RuleBroken(f"Báo cáo đã có số {there}.", en=f"The report already bears the number {there.number}.")
    if not signed.round.last <= dated_on <= today():
        raise BadInput(
            f"Ngày của văn bản từ ngày chốt {signed.round.last:%d/%m/%Y} đến hôm nay.",
            en="The day of the document lies between the cut-off and today.",
            errors=[{"field": "dated_on", "vi": "Từ ngày chốt đến hôm nay.", "en": "From the cut-off to today."}],
        )
    row = SignedReportNumber(signed=signed, number=number.strip(), dated_on=dated_on, entered_by=by)
    ensure_clean(row)
    row.save(force_insert=True)
    record("round.number", row, by=by)
    return row


def _frozen(found: ReportingRound, summary: Summary, adjusted: tuple[Adjusted, ...]) -> Frozen:
    period = found.period
    asked = {
        "round": str(found.uid),
        "title": found.title,
        "scope": found.authority.slug,
        "view": "lead",
        "period": period.as_dict(),
        "cut_off": found.last.isoformat(),
        "due_on": found.due_on.isoformat() if found.due_on else None,
        "code_version": code_version(),
        rules.NONCE: secrets.token_hex(NONCE_SIZE),
    }
    agencies = frozen_lines(progress_of(found, None, today=today()))
    return Frozen(summary, asked, tuple(agencies), adjusted)
