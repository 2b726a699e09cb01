"""`./run import KIND FILE`: show what an office's file would do, and do it when nothing in it is wrong."""  # noqa: N999 - the name of the command

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from kycuong.core.command import Command as OurCommand
from kycuong.core.problems import BadInput
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Person
from kycuong.sheets.importing import Preview
from kycuong.sheets.preflight import MAX_BYTES
from kycuong.sheets.writer import errors_workbook
from kycuong.site.importers import IMPORTERS, importer_called

SHOWN = 40
MARKS = {"new": "+", "change": "~", "same": "=", "fault": "!"}


class Command(OurCommand):
    help = "nhập bảng tính (đơn vị, người và vai trò, lượt kiểm tra, phiếu): xem trước, rồi nhập khi không có lỗi / import a spreadsheet"

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = "; ".join(f"{importer.name}: {importer.title}" for importer in IMPORTERS)
        parser.add_argument("kind", choices=[importer.name for importer in IMPORTERS], help=kinds)
        parser.add_argument("file", metavar="FILE", help="tệp .xlsx, .xls, .ods hoặc .csv / the file")
        parser.add_argument("--preview", action="store_true", help="chỉ xem trước, không nhập / show only")
        parser.add_argument("--all", action="store_true", help="in mọi dòng / print every row")
        parser.add_argument("--errors", metavar="OUT.xlsx", help="ghi tệp đã đánh dấu lỗi / write the marked workbook")
        parser.add_argument("--by", metavar="USERNAME", help="tài khoản đứng tên; không có: máy chủ / whose act it is")
        added: set[str] = set()
        for importer in IMPORTERS:
            for option in importer.options:
                if option.name not in added:
                    added.add(option.name)
                    parser.add_argument(f"--{option.name}", help=option.help)

    def handle(self, *args: Any, **options: Any) -> None:
        importer = importer_called(options["kind"])
        data = read_file(options["file"])
        by = person_called(options["by"]) if options["by"] else None
        with nullcontext() if by else at_the_machine():
            words = importer.known_options(options)
            preview = importer.read(data, Path(options["file"]).name, by=by, options=words)
            self.show(preview, everything=options["all"])
            if options["errors"]:
                self.write_marked(preview, options["errors"])
            preview.ensure_ready()
            if options["preview"]:
                self.say("Chỉ xem trước, chưa nhập gì. / Preview only, nothing was imported.")
            else:
                self.stderr.writelines(f"{line}\n" for line in importer.apply(preview, by=by))

    def show(self, preview: Preview, *, everything: bool) -> None:
        """The rows on standard output; what there is to say about them on standard error."""
        for line in preview.summary:
            self.stderr.write(str(line))
        rows = preview.rows if everything else preview.rows[:SHOWN]
        for row in rows:
            self.stdout.write("\t".join([MARKS[row.what], str(row.number), *row.cells]))
        if len(rows) < len(preview.rows):
            left = len(preview.rows) - len(rows)
            self.say(f"… còn {left} dòng; --all in hết. / {left} more rows; --all prints them.")
        for issue in preview.issues:
            if issue.level == "warning":
                self.stderr.write(f"  {issue.address}: (lưu ý / note) {issue.vi}")

    def write_marked(self, preview: Preview, name: str) -> None:
        try:
            Path(name).write_bytes(errors_workbook(preview.sheet, preview.issues))
        except OSError as problem:
            raise cannot(name, problem) from None
        self.say(f"Đã ghi {name}. / Wrote {name}.")


def read_file(name: str) -> bytes:
    """The bytes of the file, never more than an importer takes."""
    try:
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as problem:
        raise cannot(name, problem) from None


def cannot(name: str, problem: OSError) -> BadInput:
    return BadInput(
        f"Không mở được tệp {name} ({problem.strerror}); hãy kiểm tra lại đường dẫn.",
        en=f"Cannot open {name} ({problem.strerror}); check the path.",
    )


def person_called(username: str) -> Person:
    person = Person.objects.filter(username=username, is_active=True).first()
    if person is None:
        raise BadInput(
            f"Không có tài khoản «{username[:80]}» đang hoạt động; hãy ghi tên đăng nhập.",
            en=f"There is no active account “{username[:80]}”; write a user name.",
        )
    return person
