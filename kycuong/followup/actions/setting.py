"""Settings of follow-up: terms and the ladder from a day on; standard wordings."""

from __future__ import annotations

import tomllib
from dataclasses import asdict
from datetime import date
from pathlib import Path

from kycuong.audit.log import act, record, record_many
from kycuong.catalog.models import LegalBasis, province
from kycuong.core.checks import ensure_clean, ensure_values, refresh
from kycuong.core.clock import now, today
from kycuong.core.problems import Stale
from kycuong.followup import rules
from kycuong.followup.models import FollowupRule, StandardWording
from kycuong.followup.rules import FollowupTerms
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person

STANDARD = Path(__file__).parents[1] / "standard" / "wordings.toml"


@act
def set_rule(*, by: Person | None, valid_from: date, terms: FollowupTerms) -> FollowupRule:
    """Set what holds from a day on; setting it again for the same day corrects it."""
    authorize(by, "followup.set_rules", at=province())
    rules.ensure_terms(terms, valid_from=valid_from, today=today())
    rule = FollowupRule.objects.filter(valid_from=valid_from).first() or FollowupRule(valid_from=valid_from)
    for name, value in asdict(terms).items():
        setattr(rule, name, value)
    rule.set_at, rule.set_by = now(), by
    ensure_clean(rule)
    rule.save()
    record("followup.set_rules", rule, by=by)
    return rule


@act
def write_wording(
    *,
    by: Person | None,
    criterion_code: str,
    text: str,
    expected_proof: str = "",
    days: int | None = None,
    legal_basis: LegalBasis | None = None,
    revision: int | None = None,
) -> StandardWording:
    """Write the standard wording of a criterion. `revision`: the one that was read, 0 for none, so that two do not overwrite
    each other."""
    authorize(by, "followup.set_rules", at=province())
    rules.ensure_text(text)
    if days is not None:
        rules.ensure_days(days)
    there = StandardWording.objects.filter(criterion_code=criterion_code).first()
    if revision is not None and revision != (there.revision if there else 0):
        raise Stale(
            "Câu mẫu này vừa được người khác sửa. Những gì bạn nhập còn nguyên: hãy xem bản mới rồi lưu lại.",
            en="Somebody else has just changed this wording. What you typed is kept: look at it, then save again.",
        )
    wording = there or StandardWording(criterion_code=criterion_code, revision=0)
    wording.text, wording.expected_proof, wording.days = text.strip(), expected_proof.strip(), days
    wording.legal_basis, wording.revision = legal_basis, wording.revision + 1
    wording.written_at, wording.written_by = now(), by
    ensure_clean(wording)
    wording.save()
    record("wording.write", wording, by=by)
    return wording


@act
def install_standard_wordings(*, by: Person | None) -> list[StandardWording]:
    """Put the wordings that come with the program in place; what an office wrote stays as it is."""
    authorize(by, "followup.set_rules", at=province())
    known = set(StandardWording.objects.values_list("criterion_code", flat=True))
    rows = tomllib.loads(STANDARD.read_text(encoding="utf-8"))["wording"]
    wordings = []
    for row in (row for row in rows if row["code"] not in known):
        rules.ensure_text(row["text"])
        rules.ensure_days(row["days"])
        wording = StandardWording(criterion_code=row["code"], text=row["text"], expected_proof=row["proof"])
        wording.days, wording.written_by = row["days"], by
        ensure_values(wording)
        wordings.append(wording)
    StandardWording.objects.bulk_create(wordings)
    record_many("wording.install", wordings, by=by)
    return wordings


@act
def remove_wording(wording: StandardWording, *, by: Person) -> None:
    """Take a standard wording away; what was drafted with it stays."""
    authorize(by, "followup.set_rules", at=province())
    refresh(wording)
    record("wording.remove", wording, by=by, op="delete")
    wording.delete()
