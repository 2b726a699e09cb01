"""Setting how a unit's papers look, who signs them and what they say: from a day on; the same day again corrects it."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import now, today
from kycuong.letterheads import rules
from kycuong.letterheads.models import Letterhead, Signing, Wording
from kycuong.letterheads.rules import Head, Signer
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit

SET = "letterhead.set"
Row = TypeVar("Row", Letterhead, Signing, Wording)


@act
def set_letterhead(unit: Unit, *, by: Person | None, valid_from: date, head: Head) -> Letterhead:
    """The head of a unit's papers."""
    authorize(by, SET, at=unit)
    rules.ensure_from(valid_from, today=today())
    there = Letterhead.objects.filter(unit=unit, valid_from=valid_from).first()
    row = there or Letterhead(unit=unit, valid_from=valid_from)
    for name, value in head._asdict().items():
        setattr(row, name, " ".join(value.split()))
    return _kept(row, by)


@act
def set_signing(unit: Unit, *, by: Person | None, paper: str, valid_from: date, signer: Signer) -> Signing:
    """Who signs and who receives papers of a kind; who signs every other kind when `paper` is empty."""
    authorize(by, SET, at=unit)
    rules.ensure_from(valid_from, today=today())
    rules.ensure_capacity(signer.capacity, signer.signer_title)
    rules.ensure_own_receivers(paper, signer.recipients)
    there = Signing.objects.filter(unit=unit, paper=paper, valid_from=valid_from).first()
    row = there or Signing(unit=unit, paper=paper, valid_from=valid_from)
    for name, value in signer._asdict().items():
        setattr(row, name, value.strip())
    return _kept(row, by)


@act
def set_wording(unit: Unit, *, by: Person | None, paper: str, piece: str, valid_from: date, text: str) -> Wording:
    """A piece of text in the unit's own words; empty goes back to the usual one."""
    authorize(by, SET, at=unit)
    rules.ensure_from(valid_from, today=today())
    rules.ensure_piece(paper, piece)
    there = Wording.objects.filter(unit=unit, paper=paper, piece=piece, valid_from=valid_from).first()
    row = there or Wording(unit=unit, paper=paper, piece=piece, valid_from=valid_from)
    row.text = text.strip()
    return _kept(row, by)


def _kept(row: Row, by: Person | None) -> Row:
    row.set_at, row.set_by = now(), by
    ensure_clean(row)
    row.save()
    record(SET, row, by=by)
    return row
