"""The measures that the law knows are data: installed once as a proposal, then kept by whoever sets the rules of follow-up."""

from __future__ import annotations

from dataclasses import asdict, replace

from kycuong.audit.log import act, record, record_many
from kycuong.catalog.models import province
from kycuong.core.checks import ensure_clean
from kycuong.core.problems import Stale
from kycuong.followup.models import MeasureKind
from kycuong.followup.rules.kinds import KINDS, Kind, ensure_kind
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person


@act
def install_measure_kinds(*, by: Person | None) -> int:
    """Write down the kinds that are not there yet, for review. Returns how many; those that were changed stay so."""
    authorize(by, "measure.set_kinds", at=province())
    there = set(MeasureKind.objects.values_list("code", flat=True))
    numbered = [replace(kind, position=10 * place) for place, kind in enumerate(KINDS, 1)]
    made = [MeasureKind(**_columns(kind)) for kind in numbered if kind.code not in there]
    for kind in made:
        ensure_clean(kind)
        kind.save(force_insert=True)
    record_many("measure.install_kinds", made, by=by)
    return len(made)


@act
def set_measure_kind(kind: Kind, *, by: Person, revision: int | None = None, for_review: bool = False) -> MeasureKind:
    """Write one kind anew. `revision`: the one that was read, 0 for none, so that two do not overwrite each other."""
    authorize(by, "measure.set_kinds", at=province())
    ensure_kind(kind)
    there = MeasureKind.objects.filter(code=kind.code).first()
    if revision is not None and revision != (there.revision if there else 0):
        raise Stale(
            "Hình thức này vừa được người khác sửa. Những gì bạn nhập còn nguyên: hãy xem bản mới rồi lưu lại.",
            en="Somebody else has just changed this measure. What you typed is kept: look at it, then save again.",
        )
    row = there or MeasureKind(code=kind.code, revision=0)
    for name, value in _columns(kind).items():
        setattr(row, name, value)
    row.for_review, row.revision = for_review, row.revision + 1
    ensure_clean(row)
    row.save()
    record("measure.set_kind", row, by=by)
    return row


def _columns(kind: Kind) -> dict[str, object]:
    return {**asdict(kind), "title": kind.title.strip(), "categories": sorted(kind.categories)}
