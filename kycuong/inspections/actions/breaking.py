"""Breaking seals: one person asks, a second one confirms within a day, and everybody concerned is told until they take note."""

from __future__ import annotations

from django.db.models import Model

from kycuong.audit.log import act, record, record_many
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import now
from kycuong.core.problems import RuleBroken, Stale
from kycuong.inspections.models import SealBreak, SealBreakNote, ShortListEntry
from kycuong.inspections.queries.sealing import unopened
from kycuong.inspections.rules import sealing as sealed
from kycuong.orgs.authority import authorize, can
from kycuong.orgs.models import Person, Unit

from ._steps import seen_from


@act
def ask_seal_break(*, by: Person, lead: Unit, reason: str) -> SealBreak:
    """Ask that every waiting seal of the authority be broken. Nothing is answered yet, not even whether there is one."""
    authorize(by, "seal.break", at=lead)
    sealed.ensure_break_reason(reason)
    waiting = SealBreak.objects.waiting().filter(lead=lead).select_related("asked_by")
    if any(can(one.asked_by, "seal.break", at=lead) for one in waiting):
        raise RuleBroken(
            "Cơ quan này đã có một đề nghị đang chờ xác nhận. Hãy mở đề nghị ấy trong danh sách bên dưới.",
            en="A request about this authority waits for its confirmation already; open that one in the list below.",
        )
    asked = SealBreak(lead=lead, reason=reason.strip(), asked_by=by)
    ensure_clean(asked)
    asked.save(force_insert=True)
    record("seal.ask_break", asked, by=by)
    return asked


@act
def confirm_seal_break(seal_break: SealBreak, *, by: Person) -> SealBreak:
    """The second person: from here on both are on the short list of everything of the authority that is still sealed."""
    authorize(by, "seal.break", at=seal_break.lead)
    seal_break.refresh_from_db()
    sealed.ensure_second_person(seal_break.asked_by_id, by.pk)
    moment = now()
    sealed.ensure_asked_lately(seal_break.asked_at, now=moment)
    sealed.ensure_still_may_break(can(seal_break.asked_by, "seal.break", at=seal_break.lead))
    open_ones = SealBreak.objects.filter(pk=seal_break.pk, confirmed_at=None)
    if not open_ones.update(confirmed_at=moment, confirmed_by=by):
        raise Stale("Đề nghị này đã được xác nhận rồi.", en="This request has been confirmed already.")
    seal_break.refresh_from_db()
    record_many("seal.break", [seal_break, *_list_both(seal_break)], by=by)
    return seal_break


@act
def note_seal_break(seal_break: SealBreak, *, by: Person) -> SealBreakNote:
    """Somebody whom it concerns has read that the seals were broken."""
    authorize(by, "inspection.see", at=seen_from(by, seal_break.lead))
    sealed.ensure_known(SealBreak.objects.visible_to(by).filter(pk=seal_break.pk, confirmed_at__isnull=False).exists())
    if already := SealBreakNote.objects.filter(seal_break=seal_break, person=by).first():
        return already
    note = SealBreakNote.objects.create(seal_break=seal_break, person=by)
    record("seal.note_break", note, by=by)
    return note


def _list_both(seal_break: SealBreak) -> list[Model]:
    pairs = ((seal_break.asked_by, seal_break.confirmed_by), (seal_break.confirmed_by, seal_break.asked_by))
    entries: list[Model] = []
    for sealing in unopened(lead=seal_break.lead):
        there = set(ShortListEntry.objects.filter(inspection=sealing.inspection).values_list("person_id", flat=True))
        entries += [
            ShortListEntry.objects.create(
                inspection=sealing.inspection, person=person, added_by=other, by_break=seal_break
            )
            for person, other in pairs
            if person and other and person.pk not in there
        ]
    return entries
