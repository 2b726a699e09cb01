"""Legal documents: added, and corrected when a practitioner has looked at them or they have been replaced."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F

from kycuong.audit.log import act, record
from kycuong.catalog import rules
from kycuong.catalog.models import LegalBasis, province
from kycuong.core.checks import ensure_clean
from kycuong.core.problems import BadInput, RuleBroken, Stale
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person
from kycuong.orgs.rules import FOREVER

ALWAYS = date(1900, 1, 1)


@act
def add_basis(*, by: Person | None, number: str, **given: Any) -> LegalBasis:
    """Add a legal document with when it applies."""
    authorize(by, "checklist.write", at=province())
    basis = LegalBasis(number=number.strip())
    if LegalBasis.objects.filter(number=basis.number).exists():
        said = f"Đã có văn bản {basis.number}; hãy mở văn bản đó để sửa."
        errors = [{"field": "number", "vi": said, "en": "taken"}]
        raise BadInput(said, en=f"There is {basis.number} already; open that one.", errors=errors)
    _fill(basis, **given)
    basis.save(force_insert=True)
    record("basis.add", basis, by=by)
    return basis


@act
def change_basis(basis: LegalBasis, *, by: Person | None, revision: int | None = None, **given: Any) -> LegalBasis:
    """Correct a document or say by what it was replaced. Its number stays: criteria and minutes cite it."""
    authorize(by, "checklist.write", at=province())
    held = LegalBasis.objects.values_list("revision", flat=True).get(pk=basis.pk) if revision is None else revision
    if not LegalBasis.objects.filter(pk=basis.pk, revision=held).update(revision=F("revision") + 1):
        raise Stale(
            "Văn bản vừa được người khác sửa. Hãy tải lại trang rồi ghi lại.",
            en="Somebody else has just changed this document. Reload the page and write yours again.",
        )
    basis.refresh_from_db()
    _fill(basis, **given)
    basis.save()
    record("basis.change", basis, by=by)
    return basis


def _fill(
    basis: LegalBasis,
    *,
    title: str,
    issued_on: date | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    replaced_by: LegalBasis | None = None,
    reviewed_on: date | None = None,
) -> None:
    basis.title, basis.issued_on, basis.reviewed_on = title.strip(), issued_on, reviewed_on
    basis.valid_from, basis.valid_to, basis.replaced_by = valid_from or ALWAYS, valid_to or FOREVER, replaced_by
    rules.ensure_basis_in_order(basis.valid_from, basis.valid_to)
    later, seen = replaced_by, {basis.pk}
    while later is not None:
        if later.pk in seen:
            raise RuleBroken(
                "Văn bản thay thế không được quay lại chính văn bản này.",
                en="A document is not replaced, however far, by itself.",
            )
        seen.add(later.pk)
        later = later.replaced_by
    ensure_clean(basis)
