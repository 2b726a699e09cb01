"""`./run rounds`: rounds of periodic reports and who is late; the files of a signed report."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from kycuong.core.clock import today
from kycuong.core.command import Command as OurCommand
from kycuong.core.problems import BadInput
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person
from kycuong.orgs.queries import resolve_unit
from kycuong.reports.management.tables import aligned
from kycuong.rounds.documents import FORMS, pack_name, packed, signed_file
from kycuong.rounds.models import ReportingRound, SignedReport
from kycuong.rounds.queries import evidence_for, progress_of, since_signature


class Command(OurCommand):
    help = "các đợt báo cáo, ai chậm; ghi tệp của báo cáo đã ký / rounds of reports, who is late; the files of a signed report"

    def add_arguments(self, parser: ArgumentParser) -> None:
        jobs = parser.add_subparsers(dest="job", required=True)
        jobs.add_parser("list", help="các đợt và số cơ quan đã nộp, quá hạn / rounds, with who has reported")
        late = jobs.add_parser("late", help="từng cơ quan quá hạn chưa nộp / each agency that is late")
        late.add_argument(
            "round", nargs="?", help="mã của đợt; không ghi: mọi đợt đang thu / a round, or all open ones"
        )
        pack = jobs.add_parser(
            "evidence", help="gói minh chứng Chỉ số CCHC (zip) / the evidence of the PAR index as a zip"
        )
        pack.add_argument("--scope", required=True, help="đơn vị: tinh-lang-son, uid hoặc mã@ngày / a unit")
        pack.add_argument("--year", required=True, type=int, help="năm / year")
        pack.add_argument(
            "--by", required=True, metavar="USERNAME", help="theo quyền của tài khoản này / as far as it may see"
        )
        pack.add_argument("-o", "--output", metavar="FILE", help="mặc định: tên của gói / where to write it")
        for name, words in (
            ("write", "ghi các tệp của một báo cáo đã ký, từ nội dung đã khóa / write the files of a signed report"),
            ("changes", "thay đổi từ khi ký / what has changed since the signature"),
        ):
            job = jobs.add_parser(name, help=words)
            job.add_argument("report", help="mã của báo cáo đã ký / uid of the signed report")
            if name == "write":
                job.add_argument("--form", choices=FORMS, action="append", help="mặc định mọi kiểu / all by default")
                job.add_argument("-o", "--output", default=".", metavar="FOLDER", help="thư mục / where to write")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["job"] == "list":
            self.stdout.writelines(f"{line}\n" for line in listed())
        elif options["job"] == "late":
            self.stdout.writelines(f"{line}\n" for line in late(options["round"]))
        elif options["job"] == "evidence":
            self.pack(options)
        elif options["job"] == "changes":
            found = signed_named(options["report"])
            self.stdout.writelines(f"{one.change.words}\n" for one in since_signature(found, None))
        else:
            self.write_files(signed_named(options["report"]), options["form"] or FORMS, Path(options["output"]))

    def pack(self, options: dict[str, Any]) -> None:
        """The archive, as far as an account may see it."""
        person = Person.objects.filter(username=options["by"], is_active=True).first()
        if person is None:
            raise BadInput(f"Không có tài khoản “{options['by']}”.", en=f"There is no account “{options['by']}”.")
        scope = resolve_unit(options["scope"])
        authorize(person, "figures.see", at=scope)
        found = evidence_for(scope, options["year"], person, today=today())
        self.keep(b"".join(packed(found, person)), options["output"] or pack_name(found.sheet))

    def write_files(self, signed: SignedReport, forms: tuple[str, ...], folder: Path) -> None:
        """For their owner alone: measures stand in them."""
        for form in forms:
            file = signed_file(signed, form, None)
            place = folder / file.name
            try:
                place.touch(mode=0o600)
                place.chmod(0o600)
                place.write_bytes(file.data)
            except OSError as problem:
                raise BadInput(
                    f"Không ghi được {place} ({problem.strerror}); hãy chọn thư mục khác.",
                    en=f"Cannot write {place} ({problem.strerror}); choose another folder.",
                ) from None
            self.say(f"Đã ghi {place}. / Wrote {place}.")


def uid_typed(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise BadInput(f"“{text}” không phải mã.", en=f"“{text}” is no uid.") from None


def signed_named(text: str) -> SignedReport:
    found = SignedReport.objects.select_related("round", "authority").filter(uid=uid_typed(text)).first()
    if found is None:
        raise BadInput(f"Không có báo cáo đã ký “{text}”.", en=f"There is no signed report “{text}”.")
    return found


def listed() -> Iterator[str]:
    """One line a round."""
    rows = [["mã", "đợt", "cơ quan", "kỳ", "hạn", "đã nộp", "quá hạn", "tình trạng", "báo cáo đã ký"]]
    for one in ReportingRound.objects.select_related("authority", "signed").order_by("-pk"):
        told = progress_of(one, None, today=today())
        signed = getattr(one, "signed", None)
        due = f"{one.due_on:%d/%m/%Y}" if one.due_on else "–"
        counted = [due, f"{told.submitted}/{told.total}", str(told.late), one.get_state_display()]
        rows.append(
            [str(one.uid), one.title, one.authority.slug, one.period.label, *counted, str(signed.uid) if signed else ""]
        )
    yield from aligned(rows, right=[False] * len(rows[0]))


def late(text: str | None) -> Iterator[str]:
    """One line an agency that has never submitted and whose term is over."""
    found = ReportingRound.objects.select_related("authority").order_by("due_on", "pk")
    found = found.filter(uid=uid_typed(text)) if text else found
    rows = [["đợt", "cơ quan", "hạn", "có tài khoản nộp"]]
    for one in found:
        for line in progress_of(one, None, today=today()).lines:
            if line.is_late:
                due = f"{one.due_on:%d/%m/%Y}" if one.due_on else ""
                rows.append([one.title, line.name, due, "có" if line.has_reader else "chưa"])
    yield from aligned(rows, right=[False] * len(rows[0]))
