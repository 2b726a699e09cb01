"""Writes a plain history into the database, as rows: fast, and undone with the transaction around it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction

from kycuong.catalog import models as catalog
from kycuong.files import models as files
from kycuong.followup import models as followup
from kycuong.inspections import models as inspections
from kycuong.orgs import models as orgs
from kycuong.orgs.history import derive
from kycuong.plans import models as plans
from kycuong.selfchecks import models as selfchecks

from .happened import BEGIN, CRITERIA, DUTIES, History, Recommendation, Visit

MOMENT = datetime(2021, 1, 1, tzinfo=UTC)
GROUPS = "ABI"
SEALER = 1_000_000
"""Far from what a sequence gives to the people of a test."""


def uid(table: int, number: int) -> UUID:
    return UUID(int=table << 64 | number)


@contextmanager
def stored(history: History) -> Iterator[None]:
    """The history is in the database inside the block, and gone after it."""
    with transaction.atomic():
        write_units(history)
        write_catalogue()
        write_inspections(history)
        write_hearings(history)
        write_recommendations(history)
        write_declared(history)
        derive.rebuild()
        yield
        transaction.set_rollback(True)


def write_units(history: History) -> None:
    orgs.Unit.objects.bulk_create(orgs.Unit(id=n, uid=uid(1, n), slug=f"u{n}") for n in history.units())
    orgs.UnitVersion.objects.bulk_create(
        orgs.UnitVersion(
            unit_id=v.unit,
            name=f"Unit {v.unit}",
            kind=v.kind,
            sort_key=f"{v.unit:05d}",
            valid_from=v.start,
            valid_to=v.end,
        )
        for v in history.versions
    )
    orgs.Edge.objects.bulk_create(
        orgs.Edge(child_id=e.child, parent_id=e.parent, valid_from=e.start, valid_to=e.end) for e in history.edges
    )
    days = sorted({row.day for row in history.successions})
    acts = {day: n for n, day in enumerate(days, 1)}
    orgs.Reorganisation.objects.bulk_create(
        orgs.Reorganisation(id=n, uid=uid(2, n), kind="merge", effective_on=day, title=str(day))
        for day, n in acts.items()
    )
    orgs.Succession.objects.bulk_create(
        orgs.Succession(reorganisation_id=acts[s.day], predecessor_id=s.old, successor_id=s.new, whole=s.whole)
        for s in dict.fromkeys(history.successions)
    )


def write_catalogue() -> None:
    catalog.Topic.objects.bulk_create(catalog.Topic(id=n, code=f"t{n}", title=f"Topic {n}") for n in (1, 2))
    catalog.Checklist.objects.bulk_create(
        catalog.Checklist(id=n, uid=uid(3, n), version=f"{n}.0", title="Phiếu", published_on=BEGIN) for n in (1, 2)
    )
    catalog.CriterionGroup.objects.bulk_create(
        catalog.CriterionGroup(id=n * 10 + place, checklist_id=n, code=code, title=code)
        for n in (1, 2)
        for place, code in enumerate(GROUPS)
    )
    catalog.Criterion.objects.bulk_create(
        catalog.Criterion(
            checklist_id=c.checklist,
            group_id=c.checklist * 10 + GROUPS.index(c.code[0]),
            code=c.code,
            position=place,
            text=f"{c.code} of {c.checklist}",
            answer_type="yes_no",
            severity=1,
            severity_to=1,
            setting="surprise",
            in_short_form=c.short,
            counted=c.counted,
        )
        for place, c in enumerate(CRITERIA)
    )
    plans.PlanDuty.objects.bulk_create(
        plans.PlanDuty(kind=kind, valid_from=start, valid_to=end) for kind, start, end in DUTIES
    )


def write_inspections(history: History) -> None:
    orgs.Person.objects.bulk_create(
        [orgs.Person(id=SEALER, uid=uid(8, SEALER), username="sealer", full_name="Trưởng đoàn")]
    )
    plans.InspectionPlan.objects.bulk_create(
        plans.InspectionPlan(
            id=p.id,
            uid=uid(4, p.id),
            agency_id=p.agency,
            year=p.year,
            number=f"{p.id}/KH",
            issued_on=p.issued,
            state="issued" if p.issued else "draft",
            target_units=p.target_units,
            target_percent=p.target_percent,
        )
        for p in history.plans
    )
    inspections.Inspection.objects.bulk_create(
        inspections.Inspection(
            id=i.id,
            uid=uid(5, i.id),
            lead_id=i.lead,
            form=i.form,
            opened_on=BEGIN,
            sealed_at=MOMENT if i.sealed and i.form == "surprise" else None,
            sealed_by_id=SEALER if i.sealed and i.form == "surprise" else None,
        )
        for i in history.inspections
    )
    through = inspections.Inspection.topics.through
    through.objects.bulk_create(
        through(inspection_id=i.id, topic_id=topic) for i in history.inspections for topic in i.topics
    )
    inspections.Visit.objects.bulk_create(visit_row(visit) for visit in history.visits)
    units = {visit.id: visit.unit for visit in history.visits}
    inspections.AnswerException.objects.bulk_create(
        inspections.AnswerException(visit_id=s.visit, unit_id=units[s.visit], criterion_code=s.code, outcome=s.outcome)
        for s in history.slips
    )
    inspections.Finding.objects.bulk_create(
        inspections.Finding(
            id=f.id,
            uid=uid(7, f.id),
            visit_id=f.visit,
            unit_id=units[f.visit],
            criterion_code=f.code,
            group_code=f.code[:1],
            description=f"Finding {f.id}",
            severity=f.severity,
            due_on=f.due,
            remedied_on=f.remedied,
        )
        for f in history.findings
    )


def write_hearings(history: History) -> None:
    inspections.Conclusion.objects.bulk_create(
        inspections.Conclusion(
            uid=uid(9, h.visit),
            visit_id=h.visit,
            state="shared",
            shared_on=h.shared,
            reply_from=h.shared,
            reply_until=h.until,
            heard_on=h.heard,
            created_by_id=SEALER,
        )
        for h in history.hearings
    )
    inspections.FindingReply.objects.bulk_create(
        inspections.FindingReply(
            finding_id=f.id, accepts=False, text="Không đúng", replied_on=f.objected, replied_by_id=SEALER
        )
        for f in history.findings
        if f.objected
    )
    inspections.FindingDecision.objects.bulk_create(
        inspections.FindingDecision(
            finding_id=f.id,
            outcome=f.outcome,
            reason="Đã xem",
            description="Sửa" if f.severity_now else "",
            severity=f.severity_now,
            decided_on=f.decided,
            decided_by_id=SEALER,
        )
        for f in history.findings
        if f.decided
    )


def write_declared(history: History) -> None:
    """One campaign each: what counts is who sent it, who answered, and when."""
    selfchecks.SelfCheckCampaign.objects.bulk_create(
        selfchecks.SelfCheckCampaign(
            id=n, uid=uid(10, n), authority_id=one.authority, title="Đợt", checklist_id=1, days=5, state="closed",
            opened_on=BEGIN, due_on=BEGIN,
        )
        for n, one in enumerate(history.declared, 1)
    )  # fmt: skip
    selfchecks.SelfCheck.objects.bulk_create(
        selfchecks.SelfCheck(
            uid=uid(11, n), campaign_id=n, unit_id=one.unit, state="submitted" if one.day else "draft",
            submitted_on=one.day, submitted_at=MOMENT if one.day else None,
        )
        for n, one in enumerate(history.declared, 1)
    )  # fmt: skip


def visit_row(visit: Visit) -> inspections.Visit:
    return inspections.Visit(
        id=visit.id,
        uid=uid(6, visit.id),
        inspection_id=visit.inspection,
        unit_id=visit.unit,
        visited_on=visit.day,
        state=visit.state,
        checklist_id=visit.checklist,
        checklist_form=("short" if visit.short else "full") if visit.checklist else "",
        signed_at=None if visit.state == "draft" else MOMENT,
        annulled_at=MOMENT if visit.state == "annulled" else None,
        annul_reason="ghi nhầm đơn vị" if visit.state == "annulled" else "",
    )


def write_recommendations(history: History) -> None:
    rows, units = history.recommendations, history.units()
    followup.Recommendation.objects.bulk_create(recommendation_row(row) for row in rows)
    followup.RecommendationTerm.objects.bulk_create(
        followup.RecommendationTerm(recommendation_id=row.id, kind=kind, set_on=set_on, due_on=due)
        for row in rows
        for kind, set_on, due in row.terms
    )
    followup.RecommendationTransfer.objects.bulk_create(
        followup.RecommendationTransfer(
            recommendation_id=row.id, from_unit_id=units[0], to_unit_id=units[1], transferred_on=day, reason="sáp nhập"
        )
        for row in rows
        for kind, day, _ in row.terms
        if kind == "transferred"
    )
    link = followup.Recommendation.findings.through
    link.objects.bulk_create(link(recommendation_id=row.id, finding_id=one) for row in rows for one in row.findings)
    followup.Extension.objects.bulk_create(
        followup.Extension(
            recommendation_id=row.id,
            until=granted or asked,
            reason="chờ hàng",
            asked_on=asked,
            asked_by_id=SEALER,
            granted_until=granted,
            **(decided("accepted" if granted else "returned", answered) if answered else {}),
        )
        for row in rows
        for asked, answered, granted in row.extensions
    )
    for row in rows:
        for place, report in enumerate(row.reports, 1):
            write_report(row, place, *report)


def decided(decision: str, on: date) -> dict[str, Any]:
    reason = "chưa đủ minh chứng"
    return {
        "decision": decision,
        "decision_reason": reason,
        "decided_on": on,
        "decided_at": MOMENT,
        "decided_by_id": SEALER,
    }


def recommendation_row(row: Recommendation) -> followup.Recommendation:
    state, settled_on, decided_on = row.settled or ("issued" if row.issued else "draft", None, None)
    return followup.Recommendation(
        id=row.id,
        uid=uid(9, row.id),
        visit_id=row.visit,
        unit_id=row.unit,
        text=f"Recommendation {row.id}",
        days=20,
        document=f"{row.id}/KL" if row.id % 2 else "",
        state=state,
        issued_on=row.issued,
        issued_to_id=row.unit if row.issued else None,
        due_on=row.terms[-1][2] if row.issued else None,
        settled_on=settled_on,
        decided_on=decided_on,
        days_late=row.late,
        close_reason="không còn cần" if state == "closed" else "",
    )


def write_report(row: Recommendation, place: int, submitted: date, answered: date | None, proofs: int) -> None:
    verified = row.settled is not None and row.settled[0] == "verified" and place == len(row.reports)
    report = followup.RemedyReport.objects.create(
        recommendation_id=row.id,
        text="Đã làm.",
        submitted_on=submitted,
        submitted_by_id=SEALER,
        check_until=submitted,
        **(decided("accepted" if verified else "returned", answered) if answered else {}),
    )
    for number in range(proofs):
        kept = files.Attachment.objects.create(
            sha256=f"{report.pk:032x}{number:032x}", kind="pdf", size=1, name="minh-chung.pdf"
        )
        at = datetime.combine(submitted, time(17, 30), UTC)
        followup.RemedyFile.objects.create(report=report, attachment=kept, added_by_id=SEALER, added_at=at)
