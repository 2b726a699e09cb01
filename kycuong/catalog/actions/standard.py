"""The standard checklist, its topics and legal bases are put in place, once."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from kycuong.audit.log import act, record_many
from kycuong.catalog.models import Checklist, Criterion, CriterionGroup, LegalBasis, Topic, province
from kycuong.core.checks import ensure_clean, ensure_values
from kycuong.core.clock import today
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person

STANDARD = Path(__file__).parents[1] / "standard"

TOPICS = {
    "admin_discipline": "Kỷ luật, kỷ cương hành chính",
    "home_affairs": "Lĩnh vực nội vụ",
    "admin_reform": "Cải cách hành chính",
    "one_stop": "Giải quyết thủ tục hành chính, một cửa",
}


@act
def install_standard_checklist(*, by: Person | None) -> Checklist:
    """Put the standard checklist, its legal bases and the topics in place; what is there already stays as it is."""
    authorize(by, "checklist.install", at=province())
    data = _read("checklist.toml")
    checklist = Checklist.objects.filter(version=data["version"]).first()
    written = _write_topics()
    if checklist is None:
        checklist, rows = _write_checklist(data, _write_legal_bases())
        written += rows
    record_many("checklist.install", written, by=by, version=checklist.version)
    return checklist


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((STANDARD / name).read_text(encoding="utf-8"))


def _write_topics() -> list[Any]:
    known = set(Topic.objects.values_list("code", flat=True))
    return [Topic.objects.create(code=code, title=title) for code, title in TOPICS.items() if code not in known]


def _write_legal_bases() -> list[LegalBasis]:
    """The documents that are not here yet, then which of them replaces which."""
    rows = {row["number"]: row for row in _read("legal_bases.toml")["basis"]}
    bases = {basis.number: basis for basis in LegalBasis.objects.filter(number__in=rows)}
    written = [_basis(row) for number, row in rows.items() if number not in bases]
    bases |= {basis.number: basis for basis in LegalBasis.objects.bulk_create(written)}
    for basis in written:
        basis.replaced_by = bases.get(rows[basis.number].get("replaced_by"))
    LegalBasis.objects.bulk_update(written, ["replaced_by"])
    return written


def _basis(row: dict[str, Any]) -> LegalBasis:
    validity = {"valid_from": row["from"]} | ({"valid_to": row["until"]} if "until" in row else {})
    basis = LegalBasis(number=row["number"], title=row["title"], issued_on=row.get("issued"), **validity)
    ensure_values(basis)
    return basis


def _write_checklist(data: dict[str, Any], new_bases: list[LegalBasis]) -> tuple[Checklist, list[Any]]:
    checklist = Checklist(version=data["version"], title=data["title"], review_note=data["review_note"])
    ensure_clean(checklist)
    checklist.save(force_insert=True)
    groups = {
        code: CriterionGroup(checklist=checklist, code=code, title=title) for code, title in data["groups"].items()
    }
    CriterionGroup.objects.bulk_create(groups.values())
    criteria = [_criterion(checklist, groups, position, row) for position, row in enumerate(data["criterion"], start=1)]
    Criterion.objects.bulk_create(criteria)
    links = _write_links(criteria, data["criterion"])
    checklist.published_on = today()  # the last thing done: from here on it does not change
    checklist.save(update_fields=["published_on"])
    return checklist, [*new_bases, checklist, *groups.values(), *criteria, *links]


def _criterion(
    checklist: Checklist, groups: dict[str, CriterionGroup], position: int, row: dict[str, Any]
) -> Criterion:
    group = groups[row["code"][0]]
    criterion = Criterion(
        checklist=checklist,
        group=group,
        code=row["code"],
        position=position,
        text=row["text"],
        answer_type=row["type"],
        evidence=row["evidence"],
        severity=row["severity"][0],
        severity_to=row["severity"][1],
        setting=row["setting"],
        in_short_form=row.get("short", False),
        counted=row.get("counted", True),
        only_with_procedures=group.code == "E",
        pass_from=row.get("pass_from", 100),
        partial_from=row.get("partial_from", 70),
    )
    ensure_values(criterion)
    criterion.clean()
    return criterion


def _write_links(criteria: list[Criterion], rows: list[dict[str, Any]]) -> list[Any]:
    link = Criterion.legal_bases.through
    bases = dict(LegalBasis.objects.values_list("number", "pk"))
    return link.objects.bulk_create(
        link(criterion_id=criterion.pk, legalbasis_id=bases[number])
        for criterion, row in zip(criteria, rows, strict=True)
        for number in row["bases"]
    )
