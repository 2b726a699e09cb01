"""Periodic reports as files, made from what was kept alone: Word, PDF, a workbook, JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from kycuong.core.problems import Missing
from kycuong.letterheads.documents import Written, as_file, witnessed
from kycuong.orgs.authority import Someone
from kycuong.papers.model import Annex, Block, Column, Document, Note, Paragraph, Proof, Table
from kycuong.reports.documents import document_of, workbook_of
from kycuong.reports.documents.workbook import grid, moment_of
from kycuong.reports.rules.summary import Summary, proofs_of, schedules_of, to_json
from kycuong.rounds.models import ReportSubmission, SignedReport, SignedReportNumber
from kycuong.rounds.queries import number_of, signed_read, submission_read
from kycuong.rounds.rules import Adjusted, Frozen, ReportState, text_of
from kycuong.sheets.grids import Grid, GridColumn, write_grids

FORMS = ("docx", "pdf", "xlsx", "json")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JSON = "application/json"
ADJUSTED = "Điều chỉnh so với báo cáo trước"
REPORTED = "Tình hình báo cáo của các cơ quan"


def ensure_form(form: str) -> None:
    """Refuses before anything is read."""
    if form not in FORMS:
        raise Missing(
            f"Không có tệp kiểu «{form[:20]}»; hãy chọn docx, pdf, xlsx hoặc json.",
            en="No file of this type; docx, pdf, xlsx or json.",
        )


def signed_file(signed: SignedReport, form: str, person: Someone | None) -> Written:
    """The signed report as far as the person may know it. The digest on it is that of the whole."""
    ensure_form(form)
    frozen = signed_read(signed, person)
    number = number_of(signed)
    name = f"bao-cao-da-ky_{frozen.summary.scope.slug}_{frozen.summary.period.first}_{frozen.summary.period.last}"
    if form == "json":
        told = {**_json(frozen), "sha256": signed.sha256, "code_version": signed.code_version}
        return Written(text_of(told).encode(), JSON, f"{name}.json")
    if form == "xlsx":
        return Written(_workbook(frozen, signed), WORKBOOK, f"{name}.xlsx")
    return as_file(signed_document(frozen, signed, number), form, name)


def submission_file(submission: ReportSubmission, form: str, person: Someone | None) -> Written:
    """What an agency submitted."""
    ensure_form(form)
    summary = submission_read(submission, person)
    name = f"bao-cao_{summary.scope.slug}_{summary.period.first}_{summary.period.last}_lan-{submission.number}"
    if form == "json":
        told = {"summary": to_json(summary), "sha256": submission.sha256, "code_version": submission.code_version}
        return Written(text_of(told).encode(), JSON, f"{name}.json")
    if form == "xlsx":
        proof = {"digest": submission.sha256, "version": submission.code_version}
        return Written(workbook_of(summary, **proof, note=_locked("nộp", **proof)), WORKBOOK, f"{name}.xlsx")
    return as_file(proved(document_of(summary), submission.sha256, submission.code_version), form, name)


def signed_document(frozen: Frozen, signed: SignedReport, number: SignedReportNumber | None) -> Document:
    """The report with what is adjusted of earlier ones and who reported as further annexes."""
    given: dict[str, Any] = {"number": number.number, "day": number.dated_on} if number else {}
    document = document_of(frozen.summary, **given)
    added = [Annex(ADJUSTED, _adjusted(frozen.adjusted))] if any(one.changes for one in frozen.adjusted) else []
    added += [Annex(REPORTED, _reported(frozen.agencies))] if frozen.agencies else []
    document = replace(document, annexes=[*document.annexes, *added])
    return witnessed(proved(document, signed.sha256, signed.code_version), signed, "round.sign")


def proved(document: Document, digest: str, version: str) -> Document:
    """With the digest of the content that was kept printed on it."""
    return replace(document, proof=Proof(digest, f"SHA-256 {digest}; {version}"))


def _adjusted(found: Sequence[Adjusted]) -> list[Block]:
    blocks: list[Block] = []
    for one in found:
        if one.changes:
            blocks.append(Paragraph(f"So với {one.title}:"))
            blocks += [Note(f"- {change.words}") for change in one.changes]
    return blocks


def _reported(agencies: Sequence[Mapping[str, Any]]) -> list[Block]:
    columns = [
        Column("TT", 8, "center"),
        Column("Cơ quan", 60),
        Column("Tình trạng", 30),
        Column("Nộp lần đầu", 24, "center"),
    ]
    columns += [Column("Quá hạn (ngày làm việc)", 24, "right"), Column("Số lần nộp", 16, "right")]
    rows = [[str(place), *_line(one)] for place, one in enumerate(agencies, 1)]
    return [Table(REPORTED, columns, rows)]


def _line(one: Mapping[str, Any]) -> list[str]:
    first = one["first_submitted_on"]
    day = f"{date.fromisoformat(first):%d/%m/%Y}" if first else "–"
    late = "–" if one["days_late"] is None else str(one["days_late"])
    return [one["name"], str(ReportState(one["state"]).label), day, late, str(one["submissions"])]


def _json(frozen: Frozen) -> dict[str, Any]:
    return {
        "summary": to_json(frozen.summary),
        "asked": dict(frozen.asked),
        "agencies": [dict(one) for one in frozen.agencies],
        "adjusted": [
            {"report": one.report, "title": one.title, "changes": [asdict(change) for change in one.changes]}
            for one in frozen.adjusted
        ],
    }


def _workbook(frozen: Frozen, signed: SignedReport) -> bytes:
    summary, proof = frozen.summary, {"digest": signed.sha256, "version": signed.code_version}
    grids = [grid(one, summary) for one in schedules_of(summary)]
    grids += [
        grid(proofs_of(summary), summary, name="Biểu 6 - tài liệu"),
        _adjusted_grid(frozen),
        _reported_grid(frozen),
    ]
    noted = [replace(one, notes=[*one.notes, _locked("ký", **proof)]) for one in grids]
    title = f"Báo cáo tổng hợp đã ký: {summary.scope.name}, {summary.period.label}"
    return write_grids(noted, title=title, made=moment_of(summary), **proof)


def _adjusted_grid(frozen: Frozen) -> Grid:
    columns = [GridColumn("Báo cáo trước", width=40), GridColumn("Thay đổi", width=90)]
    rows = [[one.title, change.words] for one in frozen.adjusted for change in one.changes]
    return Grid("Điều chỉnh", _heading(ADJUSTED, frozen.summary, len(rows)), columns, rows)


def _reported_grid(frozen: Frozen) -> Grid:
    titles = (
        ("Cơ quan", 46),
        ("Tình trạng", 18),
        ("Nộp lần đầu", 14),
        ("Quá hạn (ngày làm việc)", 14),
        ("Số lần nộp", 10),
    )
    rows = [_line(one) for one in frozen.agencies]
    columns = [GridColumn(title, width=width) for title, width in titles]
    return Grid("Cơ quan báo cáo", _heading(REPORTED, frozen.summary, len(rows)), columns, rows)


def _heading(title: str, summary: Summary, rows: int) -> list[str]:
    return [title, f"{summary.scope.name}; {summary.period.label}", f"Số dòng: {rows}."]


def _locked(act: str, *, digest: str, version: str) -> str:
    return f"Số liệu đã khóa khi {act}. Mã SHA-256 của nội dung đầy đủ: {digest}; phiên bản phần mềm: {version}."
