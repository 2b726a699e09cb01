"""Committing to a draw: the list, the weights and the exclusions are fixed, and only their hash is published."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from kycuong.audit.log import act, record_many
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import today
from kycuong.core.ids import uuid7
from kycuong.core.problems import RuleBroken
from kycuong.draws import rules
from kycuong.draws.models import Draw, DrawReader
from kycuong.draws.queries import Frame, inspectors_frame, outcome_of, sealed, units_frame
from kycuong.draws.rules import INSPECTORS_STRATUM, NONCE_SIZE, Basis, Purpose
from kycuong.features.authority import ensure_offered
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Closure, Person, Unit
from kycuong.orgs.rules import INSPECTABLE, Kind

from ._steps import ensure_reader

FEATURE = "draws"


@dataclass(frozen=True, slots=True)
class Announced:
    """What is published with the hash: the name of the draw, the source and its day, the deadline of the reveal."""

    source: str
    source_on: date
    reveal_by: date
    title: str = ""


@dataclass(frozen=True, slots=True)
class Complaints:
    """Complaints and reports about a unit: how many, and by which record («sổ tiếp dân quý III»), named when revealed."""

    number: int
    source: str


@act
def commit_draw(
    *,
    by: Person,
    lead: Unit,
    announced: Announced,
    sizes: Mapping[str, int],
    area: Unit | None = None,
    excluded: Mapping[Unit, str] | None = None,
    complaints: Mapping[Unit, Complaints] | None = None,
    proposed: Collection[Unit] = (),
    readers: Iterable[Person] = (),
    uid: UUID | None = None,
) -> Draw:
    """Commit to a draw of surprise targets. Repeating the call with the same uid returns the first one.

    `proposed`: of whose complaints the form told by itself; those outside the frame are left out, while what somebody typed is refused.
    """
    authorize(by, "draw.conduct", at=lead)
    if uid and (already := Draw.objects.filter(uid=uid, lead=lead, committed_by=by).first()):
        return already
    ensure_offered(FEATURE, at=lead)
    around, day, left_out = area or lead, today(), excluded or {}
    _ensure_around(lead, around, day)
    rules.ensure_sizes(sizes, INSPECTABLE)
    for reason in left_out.values():
        rules.ensure_reason(reason, "excluded")
    heard = complaints or {}
    frame = units_frame(
        area=around, lead=lead, kinds=sizes.keys(), day=day, excluded=left_out,
        complaints={unit: one.number for unit, one in heard.items()},
    )  # fmt: skip
    rules.ensure_complaints(heard.values())
    heard = {unit: one for unit, one in heard.items() if unit not in proposed or str(unit.uid) in frame.parts}
    rules.ensure_in_frame([str(unit) for unit in heard if str(unit.uid) not in frame.parts])
    rules.ensure_enough(sizes, frame.available, {kind.value: str(kind.label) for kind in Kind})
    draw = Draw(uid=uid or uuid7(), lead=lead, area=around, purpose=Purpose.TARGETS, sizes=dict(sizes), committed_by=by)
    told = {str(unit.uid): [one.number, one.source.strip()] for unit, one in heard.items()}
    more = {"frame_on": day.isoformat(), **({"complaints": told} if told else {})}
    return _commit(draw, announced, frame, readers, more)


@act
def commit_inspectors(
    *,
    by: Person,
    lead: Unit,
    announced: Announced,
    number: int,
    rest_months: int,
    subjects: Sequence[Unit] = (),
    for_draw: Draw | None = None,
    recused: Mapping[Person, str] | None = None,
    readers: Iterable[Person] = (),
    uid: UUID | None = None,
) -> Draw:
    """Commit to a draw of inspectors. Recusals and the time of rest are declared here, before anybody can be drawn."""
    authorize(by, "draw.conduct", at=lead)
    if uid and (already := Draw.objects.filter(uid=uid, lead=lead, committed_by=by).first()):
        return already
    ensure_offered(FEATURE, at=lead)
    day, sizes, stepping_back = today(), {INSPECTORS_STRATUM: number}, recused or {}
    rules.ensure_sizes(sizes, [INSPECTORS_STRATUM])
    for reason in stepping_back.values():
        rules.ensure_reason(reason, "recused")
    about = [*subjects, *_drawn_targets(for_draw, by, announced)]
    frame = inspectors_frame(lead=lead, subjects=about, rest_months=rest_months, day=day, recused=stepping_back)
    rules.ensure_enough(sizes, frame.available, {INSPECTORS_STRATUM: "người tham gia đoàn"})
    draw = Draw(uid=uid or uuid7(), lead=lead, area=lead, purpose=Purpose.INSPECTORS, sizes=sizes, committed_by=by)
    more = {"rest_months": rest_months, "subjects": sorted({str(unit.uid) for unit in about})}
    return _commit(draw, announced, frame, readers, {"frame_on": day.isoformat(), **more})


def _commit(draw: Draw, told: Announced, frame: Frame, readers: Iterable[Person], more: Mapping[str, Any]) -> Draw:
    """Publish the hash of the list; seal the list itself."""
    rules.ensure_source(told.source, told.source_on, today=today())
    rules.ensure_deadline(told.reveal_by, source_on=told.source_on)
    draw.title, draw.source, draw.source_on = told.title.strip(), " ".join(told.source.split()), told.source_on
    draw.reveal_by = told.reveal_by
    spec = {
        "lead": str(draw.lead.uid),
        "area": str(draw.area.uid),
        "purpose": str(draw.purpose),
        "sizes": draw.sizes,
        "source": {"name": draw.source, "on": draw.source_on.isoformat()},
        "reveal_by": draw.reveal_by.isoformat(),
        **more,
    }
    nonce = secrets.token_hex(NONCE_SIZE)
    basis = Basis(nonce=nonce, frame=frame.document, spec=spec, names=frame.names, parts=frame.parts)
    draw.commitment, draw.sealed_basis = basis.commitment, sealed(draw, "sealed_basis", basis)
    ensure_clean(draw)
    draw.save(force_insert=True)
    listed = {person.pk: person for person in [draw.committed_by, *readers]}
    entries = [DrawReader(draw=draw, person=person, added_by=draw.committed_by) for person in listed.values()]
    rows = DrawReader.objects.bulk_create(entries)
    record_many("draw.commit", [draw, *rows], by=draw.committed_by)
    return draw


def _ensure_around(lead: Unit, area: Unit, day: date) -> None:
    """Targets are drawn under the lead itself, or under a unit that it belongs to: a department draws in its province."""
    above = Closure.objects.filter(ancestor=area, descendant=lead, valid_from__lte=day, valid_to__gt=day)
    if not above.exists():
        raise RuleBroken(
            f"Phạm vi phải là {lead} hoặc đơn vị cấp trên của cơ quan này. Hãy chọn lại.",
            en=f"The area must be {lead} or a unit above it; choose again.",
            errors=[
                {"field": "area", "vi": "Chọn cơ quan chủ trì hoặc cấp trên.", "en": "The lead or a unit above it."}
            ],
        )


def _drawn_targets(draw: Draw | None, by: Person, told: Announced) -> list[Unit]:
    """The units that another draw gave. Its secret is kept: this draw is not to be revealed before that one."""
    if draw is None:
        return []
    ensure_reader(draw, by)
    outcome = outcome_of(draw)
    if outcome is None or told.reveal_by < draw.reveal_by:
        raise RuleBroken(
            f"Lần bốc đơn vị phải có kết quả trước, và hạn công bố của nó ({draw.reveal_by:%d/%m/%Y}) không được muộn hơn hạn "
            "của lần bốc này. Hãy sửa hạn công bố.",
            en=f"The targets must be drawn first, and be revealed (by {draw.reveal_by}) no later than this draw.",
        )
    return list(Unit.objects.filter(uid__in=[one.id for one in outcome.winners]))
