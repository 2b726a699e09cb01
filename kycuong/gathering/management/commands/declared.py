"""`./run declared FOLDER`: take the workbooks of a folder, read them, say what is wrong, confirm what is sure when asked to."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from kycuong.core.clock import today
from kycuong.core.command import Command as OurCommand
from kycuong.core.problems import BadInput
from kycuong.gathering import actions
from kycuong.gathering.documents import export_file
from kycuong.gathering.imports import Received, read_waiting, receive
from kycuong.gathering.models import Gathering
from kycuong.gathering.queries import ready_files, standing_of
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Person
from kycuong.orgs.queries import resolve_unit
from kycuong.reports.rules.periods import period_asked
from kycuong.sheets.batches import Sent
from kycuong.sheets.preflight import MAX_BYTES

ENDINGS = {".xlsx", ".xls", ".ods", ".csv", ".zip"}
MOST_ZIP = 60 * 1024 * 1024
WIDTH = 30


class Command(OurCommand):
    help = "hợp nhất biểu mẫu do các cơ quan gửi, cả một thư mục / gather the tables of agencies from a folder"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="FOLDER", help="thư mục hoặc tệp .zip / a folder or a zip")
        parser.add_argument("--scope", required=True, help="đơn vị tổng hợp: tinh-lang-son, uid hoặc mã@ngày / a unit")
        parser.add_argument("--period", required=True, help="2019, 2019-H1, 2019-Q1, 2019-04, nd09:2019-Q1")
        parser.add_argument(
            "--confirm", action="store_true", help="xác nhận các tệp không còn gì phải hỏi / confirm what is sure"
        )
        parser.add_argument("--out", metavar="OUT.xlsx", help="ghi sổ tự khai và đối chiếu / write the workbook")
        parser.add_argument("--by", metavar="USERNAME", help="tài khoản đứng tên; không có: máy chủ / whose act it is")

    def handle(self, *args: Any, **options: Any) -> None:
        by = person_called(options["by"]) if options["by"] else None
        paths = files_in(Path(options["folder"]))
        scope, period = resolve_unit(options["scope"]), period_asked(options["period"], None, None, today=today())
        with nullcontext() if by else at_the_machine():
            gathering = actions.open_gathering(by=by, scope=scope, period=period)
            self.told(receive(gathering, by=by, files=self.sent(paths)))
            total = gathering.files.unread().count()
            done = 0
            while left := gathering.files.unread().count():
                done += read_waiting(gathering, by=by, seconds=1.0)
                progress("Đọc / reading", min(done, total), total)
                if gathering.files.unread().count() == left:
                    break
            if options["confirm"]:
                for file in ready_files(gathering):
                    actions.confirm_file(file, by=by)
            self.report(gathering)
            if options["out"]:
                Path(options["out"]).write_bytes(export_file(gathering, "xlsx", by))
                self.say(f"Đã ghi {options['out']}. / Wrote {options['out']}.")

    def sent(self, paths: list[Path]) -> Iterator[Sent]:
        for place, path in enumerate(paths, 1):
            most = MOST_ZIP if path.suffix.lower() == ".zip" else MAX_BYTES
            with path.open("rb") as source:
                yield Sent(source.read(most + 1), path.name)
            progress("Nhận / taking", place, len(paths))

    def told(self, received: Received) -> None:
        for file in received.again:
            self.say(f"  {file.filename}: đã có, không nhận lần nữa / already here")
        for problem in received.refused:
            self.tell(problem)

    def report(self, gathering: Gathering) -> None:
        """One line a file on standard output; what is missing on standard error."""
        for file in gathering.files.select_related("agency", "guessed"):
            told = file.reading or {}
            unit = file.agency or file.guessed
            counts = f"{told.get('errors', 0)}\t{told.get('warnings', 0)}"
            problem = told["problem"][0] if told.get("problem") else ""
            self.stdout.write("\t".join([file.state, unit.slug if unit else "?", counts, file.filename, problem]))
            for level, row, letter, title, found, vi, _en in told.get("issues", []):
                if level == "error":
                    self.stderr.write(f"  {file.filename} {letter}{row} ({title}) «{found}»: {vi}")
        standing = standing_of(gathering)
        self.say(
            f"{standing.confirmed}/{standing.expected} cơ quan đã xác nhận, {standing.ready} tệp chờ xác nhận, {standing.asking} tệp phải xem. / "
            f"{standing.confirmed} of {standing.expected} agencies confirmed, {standing.ready} files ready, {standing.asking} to look at."
        )


def files_in(folder: Path) -> list[Path]:
    """The workbooks of a folder, by name; or the one file that was named."""
    if folder.is_file():
        return [folder]
    found = sorted(path for path in folder.glob("*") if path.suffix.lower() in ENDINGS) if folder.is_dir() else []
    if not found:
        raise BadInput(
            f"Không thấy tệp .xlsx, .xls, .ods, .csv hoặc .zip nào ở {folder}; hãy kiểm tra lại đường dẫn.",
            en=f"No .xlsx, .xls, .ods, .csv or .zip file in {folder}; check the path.",
        )
    return found


def person_called(username: str) -> Person:
    person = Person.objects.filter(username=username, is_active=True).first()
    if person is None:
        raise BadInput(
            f"Không có tài khoản «{username[:80]}» đang hoạt động; hãy ghi tên đăng nhập.",
            en=f"There is no active account “{username[:80]}”; write a user name.",
        )
    return person


def progress(what: str, done: int, total: int) -> None:
    """Redraw one line on standard error; end it when all is done."""
    if not sys.stderr.isatty() and done < total:
        return
    filled = WIDTH * done // max(total, 1)
    sys.stderr.write(
        f"\r{what:<18} {'█' * filled}{'░' * (WIDTH - filled)} {done}/{total}" + ("\n" if done >= total else "")
    )
    sys.stderr.flush()
