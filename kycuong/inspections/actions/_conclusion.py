"""Steps that several acts on conclusions share: read anew, one conditional statement, the words after a decision."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from kycuong.audit.log import record
from kycuong.core.checks import ensure_clean, refresh
from kycuong.core.problems import RuleBroken, Stale
from kycuong.inspections import rules
from kycuong.inspections.models import Conclusion, Finding
from kycuong.inspections.rules import conclusions as terms
from kycuong.inspections.rules.conclusions import ConclusionState
from kycuong.orgs.models import Person


def ensure_alive(conclusion: Conclusion, *states: ConclusionState) -> None:
    """In one of the states, on a visit that still counts; read anew, for somebody else may have moved it."""
    refresh(conclusion)
    refresh(conclusion.visit)
    rules.ensure_signed(conclusion.visit)
    terms.ensure_in(conclusion, *states)


def conclusion_on(finding: Finding, *states: ConclusionState) -> Conclusion:
    """The conclusion that tells of the finding, in one of the states; the finding is read anew."""
    refresh(finding)
    found = Conclusion.objects.filter(visit=finding.visit_id).select_related("visit__inspection__lead", "rule").first()
    if found is None:
        raise RuleBroken(
            "Lượt kiểm tra này chưa có dự thảo kết luận.", en="There is no draft of a conclusion on this visit yet."
        )
    ensure_alive(found, *states)
    return found


def ensure_read(version: int, read: int | None) -> None:
    """Whoever acts has read what is there now."""
    if read is not None and read != version:
        raise overtaken()


def overtaken() -> Stale:
    return Stale(
        "Kết luận vừa được người khác sửa. Những gì bạn nhập còn nguyên: hãy xem bản mới rồi lưu lại.",
        en="Somebody else has just changed this conclusion. What you typed is kept: look at the new text, then save again.",
    )


def move(
    conclusion: Conclusion,
    state: ConclusionState | str,
    by: Person | None,
    verb: str,
    *,
    version: int | None = None,
    **values: Any,
) -> Conclusion:
    """Write the values and the state in one conditional statement, so that of two acts at once one wins."""
    read, come_from = conclusion.version if version is None else version, conclusion.state
    for name, value in values.items():
        setattr(conclusion, name, value)
    conclusion.state = state
    ensure_clean(conclusion)
    there = Conclusion.objects.filter(pk=conclusion.pk, version=read, state=come_from)
    if not there.update(state=state, version=F("version") + 1, **values):
        raise overtaken()
    conclusion.refresh_from_db()
    record(f"conclusion.{verb}", conclusion, by=by)
    return conclusion


def drafted(conclusion: Conclusion) -> dict[str, str]:
    """What the parts about findings would say now, drafted from the findings that stand."""
    visit = conclusion.visit
    standing = list(Finding.objects.standing().filter(visit=visit).select_related("decision"))
    return {
        "shortcomings": terms.shortcomings_drafted(standing),
        "requests": terms.requests_drafted(visit.unit_name_then, standing),
    }


def reword(conclusion: Conclusion, finding: Finding, before: dict[str, str], *, by: Person | None) -> None:
    """After a decision: parts that nobody rewrote are drafted anew; elsewhere the words of the finding are replaced."""
    refresh(finding)
    after = drafted(conclusion)
    said: dict[str, str] = {name: getattr(conclusion, name) for name in after}
    now = {
        name: after[name] if text.split() == before[name].split() else terms.reworded(text, finding)
        for name, text in said.items()
    }
    move(conclusion, conclusion.state, by, "reword", version=None, **now)
