"""What waits for a person in inspections: of the units at which the person holds a role, and of the teams it sits on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kycuong.inspections.models import (
    Conclusion,
    ConflictDeclaration,
    Finding,
    Inspection,
    SealBreak,
    TeamMember,
    Visit,
)
from kycuong.inspections.rules import Form, InspectionState, Source, TeamRole, VisitState
from kycuong.inspections.rules.conclusions import ConclusionState
from kycuong.inspections.rules.sealing import CONFIRM_WITHIN
from kycuong.inspections.rules.teams import WHOLE_TEAM
from kycuong.orgs.authority import of_others, units_where, waits_for
from kycuong.orgs.models import Person
from kycuong.ui.todo import Todo

from .chain import conclude_by
from .lists import lines_of
from .owed import with_own_terms
from .sealing import plan_of, targets_to_come, unopened
from .teams import has_a_seat
from .units import lives_of

MOST = 50
"""Of each sort; whoever has more has a list to open instead."""
OPEN = (ConclusionState.DRAFT, ConclusionState.SHARED)
NOT_SIGNED = (InspectionState.SCHEDULED, InspectionState.IN_PROGRESS)


def todos(person: Person, *, today: date) -> Iterator[Todo]:
    """Everything, in the order in which an inspection goes on."""
    yield from _broken(person)
    yield from _declarations(person)
    yield from _decisions(person, today)
    yield from _visits(person)
    yield from _sealed(person)
    yield from _reports(person)
    yield from _unconcluded(person)
    yield from _conclusions(person, today)
    yield from _numbers(person)
    yield from _remedies(person, today)


def _called(inspection: Inspection) -> str:
    """Its title; one without, as sealed ones are, by the day on which it was opened, so that two are told apart."""
    if inspection.title:
        return inspection.title
    return _("%(what)s, mở ngày %(day)s") % {"what": inspection, "day": f"{inspection.opened_on:%d/%m/%Y}"}


def _on_their_days(visits: Sequence[Visit]) -> list[str]:
    """Unit and day of each: the units whose name nobody kept are asked for together."""
    lives = lives_of({one.unit_id for one in visits if not one.unit_name_then})
    named = [one.unit_name_then or lives[one.unit_id].full_name_on(one.visited_on) for one in visits]
    words = _("%(unit)s, ngày %(day)s")
    return [
        words % {"unit": name, "day": f"{one.visited_on:%d/%m/%Y}"} for one, name in zip(visits, named, strict=True)
    ]


def _mine(person: Person, verb: str, lead: str) -> Q:
    """Led by a unit at which the person may `verb`. What lies further below is somebody else's to do."""
    return Q(**{f"{lead}__in": units_where(person, verb)})


def _declarations(person: Person) -> Iterator[Todo]:
    """Inspections on whose team the person sits without having said what ties him to their units."""
    if not has_a_seat(person):
        return
    seats = TeamMember.objects.current().of(person).values("inspection")
    said = ConflictDeclaration.objects.filter(person=person).values("inspection")
    waiting = Inspection.objects.visible_to(person).filter(pk__in=seats, state__in=NOT_SIGNED, source=Source.DESK)
    for inspection in waiting.exclude(pk__in=said).order_by("opened_on", "pk")[:MOST]:
        address = reverse("inspections:declaration", args=[inspection.uid])
        yield Todo(_("Khai báo xung đột lợi ích"), _called(inspection), address)


def _visits(person: Person) -> Iterator[Todo]:
    if not has_a_seat(person) and not units_where(person, "visit.record"):
        return
    seats = TeamMember.objects.current().of(person)
    on_team = Q(inspection__in=seats.values("inspection"))
    mine = _mine(person, "visit.record", "inspection__lead") | on_team
    drafts = Visit.objects.visible_to(person).filter(mine, state=VisitState.DRAFT).exclude(_of_other_groups(seats))
    open_ones = drafts.exclude(inspection__state=InspectionState.CANCELLED).select_related("inspection__lead", "unit")
    first = list(open_ones.order_by("visited_on")[:MOST])
    lines = lines_of(list({visit.inspection for visit in first}), person) if first else []
    names = {one.pk: name for line in lines for one, name in line.visits}
    for visit in first:
        about = names.get(visit.pk, _("Một lượt của cuộc niêm phong"))
        due = None if visit.is_sealed_draft else visit.visited_on
        yield Todo(_("Ghi kết quả và ký biên bản"), about, visit.get_absolute_url(), due)


def _sealed(person: Person) -> Iterator[Todo]:
    """That something sealed waits; never what, where or when."""
    known = Inspection.objects.known_to(person).filter(sealing__unsealed_at=None).order_by("opened_on")[:MOST]
    for sealing in unopened(list(known)):
        inspection = sealing.inspection
        if plan_of(sealing).waiting:
            yield Todo(_("Cuộc niêm phong còn nơi chưa đi"), _called(inspection), inspection.get_absolute_url())
        elif not targets_to_come(inspection=inspection):
            yield Todo(_("Mở toàn bộ phần niêm phong"), _called(inspection), inspection.get_absolute_url())


def _broken(person: Person) -> Iterator[Todo]:
    """Requests to break seals that wait for a second person; and broken ones of which the person has not taken note."""
    seen = SealBreak.objects.visible_to(person).exclude(asked_by=person).select_related("lead").order_by("asked_at")
    for one in seen.waiting()[:MOST]:
        until = localtime(one.asked_at + CONFIRM_WITHIN).date()
        yield Todo(_("Xác nhận đề nghị mở khẩn cấp niêm phong"), str(one.lead), one.get_absolute_url(), until)
    told = seen.filter(confirmed_at__isnull=False).exclude(confirmed_by=person).exclude(notes__person=person)
    for one in told[:MOST]:
        yield Todo(_("Niêm phong đã bị mở khẩn cấp: hãy đọc"), str(one.lead), one.get_absolute_url())


def _of_other_groups(seats: QuerySet[TeamMember]) -> Q:
    """Visits given to a group, on a team where the person works in another one: they are that group's to do."""
    in_a_group = seats.filter(group__isnull=False).exclude(role__in=WHOLE_TEAM)
    elsewhere = Q(inspection__in=in_a_group.values("inspection"), group__isnull=False)
    return elsewhere & ~Q(group__in=in_a_group.values("group"))


def _reports(person: Person) -> Iterator[Todo]:
    if not has_a_seat(person) and not units_where(person, "report.submit"):
        return
    heads = TeamMember.objects.current().of(person).filter(role=TeamRole.HEAD)
    mine = _mine(person, "report.submit", "lead") | Q(pk__in=heads.values("inspection"))
    waiting = Inspection.objects.visible_to(person).filter(
        mine, state=InspectionState.MINUTES_SIGNED, source=Source.DESK
    )
    for inspection in waiting.filter(report=None).order_by("opened_on")[:MOST]:
        yield Todo(
            _("Nộp báo cáo kết quả kiểm tra"), _called(inspection), reverse("inspections:report", args=[inspection.uid])
        )


def _decisions(person: Person, today: date) -> Iterator[Todo]:
    """Inspections that have begun without the number of their decision; a sealed one by what is signed of it."""
    if not units_where(person, "decision.number"):
        return
    begun = Visit.objects.filter(inspection=OuterRef("pk")).filter(
        Q(state=VisitState.SIGNED) | Q(state=VisitState.DRAFT, visited_on__lte=today, inspection__sealed_at=None)
    )
    first = Subquery(begun.order_by("visited_on").values("visited_on")[:1])
    mine = Inspection.objects.visible_to(person).filter(_mine(person, "decision.number", "lead"), source=Source.DESK)
    bare = mine.filter(decision_number="").exclude(state=InspectionState.CANCELLED).exclude(form=Form.SELF_CHECK)
    late = bare.annotate(first=first).filter(first__isnull=False).order_by("first", "pk")
    days = dict(late.values_list("pk", "first")[:MOST])
    for inspection in late[:MOST]:
        address = reverse("inspections:decision", args=[inspection.uid])
        yield Todo(_("Ghi số quyết định"), _called(inspection), address, days[inspection.pk])


def _unconcluded(person: Person) -> Iterator[Todo]:
    """Signed minutes on which nobody has begun a conclusion, each with the day by which the rule wants one."""
    if not units_where(person, "conclusion.draft"):
        return
    signed = Visit.objects.visible_to(person).filter(state=VisitState.SIGNED, source=Source.DESK, conclusion=None)
    mine = signed.filter(_mine(person, "conclusion.draft", "inspection__lead")).exclude(
        inspection__form=Form.SELF_CHECK
    )
    visits = list(mine.order_by("signed_at", "pk")[:MOST])
    for visit, about, due in zip(visits, _on_their_days(visits), conclude_by(visits) if visits else (), strict=True):
        yield Todo(_("Soạn kết luận"), about, visit.get_absolute_url(), due)


def _conclusions(person: Person, today: date) -> Iterator[Todo]:
    seen = Conclusion.objects.visible_to(person).filter(visit__state=VisitState.SIGNED).select_related("visit")
    heard = Q(replied_at__isnull=False) | Q(reply_until__lt=today)
    lead = "visit__inspection__lead"
    disputed = Finding.objects.filter(visit=OuterRef("visit"), reply__accepts=False, decision=None)
    contested = Exists(disputed) & Q(state__in=OPEN)
    kinds = [
        (_("Hoàn thiện dự thảo kết luận"), "conclusion.draft", lead, Q(state=ConclusionState.DRAFT)),
        (_("Trả lời dự thảo kết luận"), "conclusion.reply", "visit__unit",
         Q(state=ConclusionState.SHARED, reply="", reply_until__gte=today)),
        (_("Xem xét ý kiến của đơn vị"), "conclusion.draft", lead, contested),
        (_("Duyệt kết luận"), "conclusion.approve", lead,
         Q(state=ConclusionState.SHARED) & heard & ~Exists(disputed)),
        (_("Ban hành kết luận"), "conclusion.issue", lead, Q(state=ConclusionState.APPROVED)),
    ]  # fmt: skip
    for what, verb, place, when in kinds:
        maker = "created_by" if verb == "conclusion.approve" else ""
        if (mine := waits_for(person, verb, place, maker=maker)) is None:
            continue
        rows: QuerySet[Conclusion] = seen.filter(mine, when)
        if verb == "conclusion.approve":
            rows = of_others(rows, by=person, verb=verb, at=place, maker="created_by")
        found = list(rows.order_by("reply_until", "pk")[:MOST])
        for conclusion, about in zip(found, _on_their_days([one.visit for one in found]), strict=True):
            due = conclusion.reply_until if conclusion.state == ConclusionState.SHARED else None
            due = conclusion.decide_until if when is contested else due
            yield Todo(what, about, conclusion.get_absolute_url(), due)


def _numbers(person: Person) -> Iterator[Todo]:
    if units_where(person, "minutes.number"):
        signed = Visit.objects.visible_to(person).filter(state=VisitState.SIGNED, source=Source.DESK)
        unnumbered = signed.filter(_mine(person, "minutes.number", "inspection__lead"), minutes__number="")
        visits = list(unnumbered.order_by("visited_on")[:MOST])
        for visit, about in zip(visits, _on_their_days(visits), strict=True):
            yield Todo(_("Ghi số biên bản"), about, reverse("inspections:number", args=[visit.uid]))
    if units_where(person, "conclusion.number"):
        issued = Conclusion.objects.visible_to(person).filter(state=ConclusionState.ISSUED, number="")
        mine = issued.filter(_mine(person, "conclusion.number", "visit__inspection__lead")).select_related("visit")
        found = list(mine[:MOST])
        for conclusion, about in zip(found, _on_their_days([one.visit for one in found]), strict=True):
            yield Todo(_("Ghi số kết luận"), about, reverse("inspections:number_conclusion", args=[conclusion.uid]))


def _remedies(person: Person, today: date) -> Iterator[Todo]:
    """A visit with something overdue, once, whatever the number of its findings; on the unit's side, too."""
    if not units_where(person, "remedy.confirm") and not units_where(person, "conclusion.reply"):
        return
    overdue = with_own_terms(Finding.objects.overdue(today)).filter(visit=OuterRef("pk")).order_by("due_on")
    mine = _mine(person, "remedy.confirm", "inspection__lead") | _mine(person, "conclusion.reply", "unit")
    signed = Visit.objects.visible_to(person).filter(mine, state=VisitState.SIGNED)
    late = signed.annotate(first_due=Subquery(overdue.values("due_on")[:1])).filter(first_due__isnull=False)
    due = dict(late.order_by("visited_on").values_list("pk", "first_due")[:MOST])
    visits = list(Visit.objects.filter(pk__in=due).order_by("visited_on")) if due else []
    for visit, about in zip(visits, _on_their_days(visits), strict=True):
        yield Todo(_("Khắc phục tồn tại quá hạn"), about, visit.get_absolute_url(), due[visit.pk])
