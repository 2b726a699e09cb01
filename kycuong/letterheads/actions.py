"""Setting how a unit's papers look, who signs them and what they say: from a day on; the same day again corrects it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, TypeVar

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import now, today
from kycuong.files import store
from kycuong.files.rules import shown_name
from kycuong.letterheads import rules
from kycuong.letterheads.models import Letterhead, PaperTemplate, Signing, TemplateUse, Wording
from kycuong.letterheads.queries import SET, version_of
from kycuong.letterheads.rules import Head, Signer
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit
from kycuong.papers.deviation import Deviation

Row = TypeVar("Row", Letterhead, Signing, Wording, TemplateUse)


@act
def set_letterhead(
    unit: Unit, *, by: Person | None, valid_from: date, head: Head, version: int | None = None
) -> Letterhead:
    """The head of a unit's papers."""
    authorize(by, SET, at=unit)
    rules.ensure_from(valid_from, today=today())
    row = _row(Letterhead, valid_from, version, unit=unit)
    for name, value in head._asdict().items():
        setattr(row, name, " ".join(value.split()))
    return _kept(row, by)


@act
def set_signing(
    unit: Unit, *, by: Person | None, paper: str, valid_from: date, signer: Signer, version: int | None = None
) -> Signing:
    """Who signs and who receives papers of a kind; who signs every other kind when `paper` is empty."""
    authorize(by, SET, at=unit)
    rules.ensure_from(valid_from, today=today())
    rules.ensure_capacity(signer.capacity, signer.signer_title)
    rules.ensure_own_receivers(paper, signer.recipients)
    row = _row(Signing, valid_from, version, unit=unit, paper=paper)
    for name, value in signer._asdict().items():
        setattr(row, name, value.strip())
    return _kept(row, by)


@act
def set_wording(
    unit: Unit, *, by: Person | None, paper: str, piece: str, valid_from: date, text: str, version: int | None = None
) -> Wording:
    """A piece of text in the unit's own words; empty goes back to the usual one."""
    authorize(by, SET, at=unit)
    rules.ensure_from(valid_from, today=today())
    rules.ensure_piece(paper, piece)
    row = _row(Wording, valid_from, version, unit=unit, paper=paper, piece=piece)
    row.text = text.strip()
    return _kept(row, by)


@act
def keep_template(
    unit: Unit,
    *,
    by: Person | None,
    paper: str,
    data: bytes,
    name: str,
    faults: Sequence[rules.Fault],
    deviations: Sequence[Deviation],
) -> PaperTemplate:
    """Keep a Word file for a kind of paper, with what the confined process found. Nothing is made from it yet."""
    authorize(by, SET, at=unit)
    rules.ensure_own_form(paper)
    rules.ensure_harmless(faults)
    kept = PaperTemplate(
        unit=unit, paper=paper, name=shown_name(name), sha256=store.keep(data), size=len(data), deviations=[asdict(one) for one in deviations],
        sent_by=by,
    )  # fmt: skip
    ensure_clean(kept)
    kept.save()
    record("template.keep", kept, by=by)
    return kept


@act
def use_template(
    unit: Unit,
    *,
    by: Person | None,
    paper: str,
    valid_from: date,
    template: PaperTemplate | None,
    version: int | None = None,
) -> TemplateUse:
    """Make papers of a kind from this file from a day on; without one, in the standard form again."""
    authorize(by, SET, at=unit)
    rules.ensure_from(valid_from, today=today())
    rules.ensure_own_form(paper)
    if template:
        rules.ensure_of(unit.pk, paper, template.unit_id, template.paper)
    row = _row(TemplateUse, valid_from, version, unit=unit, paper=paper)
    row.template = template
    return _kept(row, by)


def _row(kind: type[Row], valid_from: date, version: int | None, **about: Any) -> Row:
    """The row of that day, to be corrected, or a new one; Stale when the setting is no longer what the person saw."""
    rules.ensure_seen(version_of(kind, **about), version)
    there = kind._default_manager.filter(**about, valid_from=valid_from).first()
    if there:
        there.version += 1
    return there or kind(**about, valid_from=valid_from)


def _kept(row: Row, by: Person | None) -> Row:
    row.set_at, row.set_by = now(), by
    ensure_clean(row)
    row.save()
    record(SET, row, by=by)
    return row
