"""The papers of an inspection as one chain: plan, decision, notice, minutes, report, conclusion, and what capabilities above add.

Only what the reader may know: of a sealed inspection nothing before it is opened to him (figures.md, rule 5).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kycuong.deadlines.queries import terms_of
from kycuong.inspections import authority
from kycuong.inspections.models import Conclusion, Inspection, SilenceRule, Visit
from kycuong.inspections.rules import Form, InspectionState, Source, VisitState
from kycuong.inspections.rules.conclusions import ConclusionState
from kycuong.orgs.authority import can
from kycuong.orgs.models import Person
from kycuong.ui.todo import Link

from .lists import InspectionLine
from .silence import rules_set
from .teams import is_ours


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whose chain, for whom: the visits that this reader may know of and that count, the whole inspection or one of its visits."""

    person: Person
    inspection: Inspection
    visits: Sequence[Visit]
    today: date
    sealed: bool = False

    @property
    def signed(self) -> list[Visit]:
        return [visit for visit in self.visits if visit.state == VisitState.SIGNED]

    @property
    def from_desk(self) -> bool:
        """Whether its papers were made here; of what came from files only the result is known."""
        return self.inspection.source == Source.DESK


def chain_of(person: Person, line: InspectionLine, *, today: date) -> list[Link]:
    """Of an inspection, for the side that leads."""
    found = line.inspection
    if line.guarded or _has_none(found) or not is_ours(found, person):
        return []
    visits = [visit for visit, _name in line.visits if visit.state != VisitState.ANNULLED]
    asked = _Asked(person, found, visits, today, line.sealed)
    return [*_before(asked), *_after(asked, whole=True)]


def chain_of_visit(person: Person, visit: Visit, *, guarded: bool, today: date) -> list[Link]:
    """Of one visit. Whoever only saw its signed minutes is told of these and what follows them."""
    found = visit.inspection
    if _has_none(found) or visit.state == VisitState.ANNULLED or visit.is_sealed_draft:
        return []
    asked = _Asked(person, found, [visit], today)
    whole = not guarded and is_ours(found, person)
    return [*(_before(asked) if whole else ()), *_after(asked, whole=whole)]


def conclude_by(visits: Sequence[Visit]) -> list[date]:
    """By which day a conclusion on each signed visit is to be drafted, by the rule of the day of its minutes."""
    days = [localtime(visit.signed_at).date() if visit.signed_at else visit.visited_on for visit in visits]
    rules = rules_set()
    held = [next((one for one in rules if one.valid_from <= day), SilenceRule()) for day in days]
    return [term.due_on for term in terms_of([(day, rule.conclude_days) for day, rule in zip(days, held, strict=True)])]


def _has_none(found: Inspection) -> bool:
    return found.state == InspectionState.CANCELLED or found.form == Form.SELF_CHECK


def _before(asked: _Asked) -> Iterator[Link]:
    yield _plan(asked.inspection)
    yield _decision(asked)
    yield _notice(asked)


def _after(asked: _Asked, *, whole: bool) -> Iterator[Link]:
    yield _minutes(asked)
    if whole:
        yield _report(asked)
    yield _conclusion(asked)
    for path in settings.INSPECTIONS_CHAIN:
        yield from import_string(path)(asked.person, asked.signed, asked.inspection, today=asked.today)


def _plan(found: Inspection) -> Link:
    name = _("Kế hoạch")
    if plan := found.plan:
        state = "there" if plan.issued_on else "draft"
        return Link(name, state, str(plan.number or plan), plan.get_absolute_url())
    if found.form == Form.PLANNED and found.source == Source.DESK:
        return Link(name, "missing", _("Cuộc theo kế hoạch nhưng chưa gắn kế hoạch"))
    return Link(name, "unneeded", _("Không theo kế hoạch năm"))


def _decision(asked: _Asked) -> Link:
    name, found = _("Quyết định"), asked.inspection
    if found.decision_number:
        day = f", {found.decision_on:%d/%m/%Y}" if found.decision_on else ""
        return Link(name, "there", f"{found.decision_number}{day}")
    if not asked.from_desk:
        return Link(name, "unneeded", _("Hồ sơ chỉ có kết quả, không lập ở đây"))
    if found.sealed_at and not asked.signed:
        return Link(name, "later", _("Ghi số khi đã có biên bản"))
    due = min((visit.visited_on for visit in asked.visits), default=None)
    may = can(asked.person, "decision.number", at=found.lead)
    address = reverse("inspections:decision", args=[found.uid]) if may else ""
    return Link(name, "missing", _("Chưa ghi số"), address, _("văn thư, cán bộ tổng hợp hoặc đầu mối"), due)


def _notice(asked: _Asked) -> Link:
    name = _("Thông báo, lịch")
    if asked.inspection.form == Form.SURPRISE or asked.inspection.sealed_at:
        return Link(name, "unneeded", _("Đột xuất, không báo trước"))
    if not asked.visits:
        return Link(name, "later", _("Khi đã có lượt"))
    return Link(name, "there", _("Lập theo các lượt đã xếp, tải ở mục Văn bản"))


def _minutes(asked: _Asked) -> Link:
    name, drafts = _("Biên bản"), [visit for visit in asked.visits if visit.state == VisitState.DRAFT]
    if not asked.visits:
        return Link(name, "later", _("Khi đã có lượt"))
    count = _("%(done)d/%(all)d lượt đã ký") % {"done": len(asked.signed), "all": len(asked.visits)}
    if not drafts:
        return Link(name, "draft" if asked.sealed else "there", count)
    first = min(drafts, key=lambda visit: (visit.visited_on, visit.pk))
    state = "missing" if first.visited_on < asked.today else "draft" if asked.signed else "later"
    return Link(name, state, count, first.get_absolute_url(), _("trưởng đoàn"), first.visited_on)


def _report(asked: _Asked) -> Link:
    name, found = _("Báo cáo kết quả"), asked.inspection
    if report := getattr(found, "report", None):
        return Link(name, "there", f"{report.reported_on:%d/%m/%Y}")
    if not asked.from_desk:
        return Link(name, "unneeded", _("Hồ sơ chỉ có kết quả, không lập ở đây"))
    if found.state != InspectionState.MINUTES_SIGNED:
        return Link(name, "later", _("Khi mọi lượt đã ký biên bản"))
    may = authority.can(asked.person, "report.submit", at=found)
    address = reverse("inspections:report", args=[found.uid]) if may else ""
    return Link(name, "missing", _("Chưa nộp"), address, _("trưởng đoàn"))


def _conclusion(asked: _Asked) -> Link:
    name, signed = _("Kết luận"), asked.signed
    if not signed:
        return Link(name, "later", _("Sau khi ký biên bản"))
    known = {one.visit_id: one for one in Conclusion.objects.visible_to(asked.person).filter(visit__in=signed)}
    issued = [one for one in known.values() if one.state == ConclusionState.ISSUED]
    count = _("%(done)d/%(all)d lượt đã có kết luận") % {"done": len(issued), "all": len(signed)}
    if len(issued) == len(signed):
        return Link(name, "there", count, issued[0].get_absolute_url() if len(issued) == 1 else "")
    if not asked.from_desk:
        return Link(name, "unneeded", _("Hồ sơ chỉ có kết quả, không lập ở đây"))
    if not is_ours(asked.inspection, asked.person):
        return Link(name, "later", count)
    if bare := [visit for visit in signed if visit.pk not in known]:
        late, first = min(zip(conclude_by(bare), bare, strict=True), key=lambda pair: pair[0])
        return Link(name, "missing", count, first.get_absolute_url(), _("người soạn của cơ quan chủ trì"), late)
    one = next(one for one in known.values() if one.state != ConclusionState.ISSUED)
    about = f"{count}; {one.get_state_display().lower()}"
    due = one.reply_until if one.state == ConclusionState.SHARED else None
    return Link(name, "draft", about, one.get_absolute_url(), _who(one), due)


def _who(one: Conclusion) -> str:
    """Whose turn it is with a conclusion that is under way."""
    return {
        ConclusionState.DRAFT: _("người soạn"),
        ConclusionState.SHARED: _("đơn vị có ý kiến, rồi lãnh đạo duyệt"),
        ConclusionState.APPROVED: _("cơ quan chủ trì ban hành"),
    }.get(ConclusionState(one.state), "")
