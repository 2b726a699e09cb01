"""A folder of backups: an archive for each moment, and each kept photo or file once, under its hash.

kycuong-20261126T161306Z.age    the database, the keys, what is under way, and what it all should come to
files/<key>/ab/ab12….age        a photo or file, as it stands in KYCUONG_HOME/files/kept; written once for each public key
SHA256SUMS                      the digest of each file above: `sha256sum -c SHA256SUMS` checks the folder without any key
.kycuong                        which installation writes here
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from kycuong.backups.rules import ARCHIVE, made_at_of
from kycuong.core.clock import now
from kycuong.core.problems import BadInput, Busy, Missing, RuleBroken

SUMS, OWNER = "SHA256SUMS", ".kycuong"
AHEAD = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Folder:
    """Where backups lie: another disk, a mounted share, what is then copied to another house."""

    place: Path

    def begun(self, owner: str) -> Folder:
        """The folder, made where it is not there, marked as this installation's. Its owner alone reads it."""
        try:
            self.place.parent.mkdir(parents=True, exist_ok=True)
            self.place.mkdir(mode=0o700, exist_ok=True)
            (self.place / "files").mkdir(mode=0o700, exist_ok=True)
            if not (self.place / OWNER).exists():
                (self.place / OWNER).write_text(f"{owner}\n", encoding="utf-8")
        except OSError as problem:
            raise BadInput(
                f"Không ghi được vào thư mục sao lưu {self.place} ({problem.strerror}); hãy chọn thư mục khác.",
                en=f"Cannot write to the folder of backups {self.place} ({problem.strerror}); choose another one.",
            ) from None
        return self.ours(owner)

    def ours(self, owner: str) -> Folder:
        """The folder, if a first backup began it for this installation: an empty place may be a disk that is not mounted."""
        try:
            told = (self.place / OWNER).read_text(encoding="utf-8").strip()
        except OSError:
            raise RuleBroken(
                f"Thư mục {self.place} chưa có bản sao lưu nào của hệ thống này (ổ đĩa đã gắn chưa?). Hãy gắn ổ, rồi chạy `./run backup make` "
                "một lần.",
                en=f"Nothing of this system is in {self.place} (is the disk mounted?). Mount it, then run `./run backup make` once.",
            ) from None
        if told != owner:
            raise RuleBroken(
                f"Thư mục {self.place} là của một hệ thống khác. Hãy chọn thư mục riêng cho mỗi hệ thống.",
                en=f"The folder {self.place} belongs to another installation. Use a folder of its own for each.",
            )
        return self

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """One writer at a time; a second one is told so at once."""
        with (self.place / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy(
                    "Một lần sao lưu khác đang chạy vào thư mục này; hãy chờ nó xong.",
                    en="Another backup is being written to this folder; wait until it is done.",
                ) from None
            for left in self.place.rglob(".writing-*"):  # of a run that was killed
                left.unlink(missing_ok=True)
            yield

    def archives(self) -> list[str]:
        """Names, the newest first."""
        found = (path.name for path in self.place.glob("kycuong-*.age")) if self.place.is_dir() else ()
        return sorted((name for name in found if ARCHIVE.fullmatch(name)), reverse=True)

    def archive(self, name: str) -> Path:
        """One archive; without a name the newest that is not of a day to come, as a wrong clock names them."""
        names = self.archives()
        past = [one for one in names if made_at_of(one) <= now() + AHEAD]
        if (name and name not in names) or not (name or past):
            raise Missing(
                f"Trong {self.place} không có bản sao lưu {name}".rstrip() + ". Hãy xem lại thư mục.",
                en=f"There is no backup {name} in {self.place}. Look at the folder again.",
            )
        return self.place / (name or past[0])

    def file(self, mark: str, sha256: str) -> Path:
        """`mark` tells the public key to which it is sealed: after a change of keys each file is sealed once more."""
        return self.place / "files" / mark / sha256[:2] / f"{sha256}.age"

    def sums(self) -> dict[str, str]:
        """Relative path → digest, as it was when it was written; of two lines for one file the later one holds."""
        try:
            lines = (self.place / SUMS).read_text(encoding="ascii").splitlines()
        except FileNotFoundError:
            return {}
        return {path: digest for digest, _, path in (line.partition("  ") for line in lines)}

    def note(self, path: Path, digest: str) -> None:
        """One line more, at once: a run that dies leaves nothing that nobody would look at."""
        with (self.place / SUMS).open("a", encoding="ascii") as file:
            file.write(f"{digest}  {path.relative_to(self.place).as_posix()}\n")

    def settle(self, without: Collection[str]) -> None:
        """Write the list anew, on the disk, without the names that go now and what is gone."""
        known = {path: digest for path, digest in self.sums().items() if (self.place / path).exists()}
        handle, draft = tempfile.mkstemp(dir=self.place, prefix=".writing-")
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.writelines(f"{digest}  {path}\n" for path, digest in sorted(known.items()) if path not in without)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(self.place / SUMS)
        folder = os.open(self.place, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
        for name in without:
            (self.place / name).unlink(missing_ok=True)

    def damaged(self) -> Iterator[tuple[str, str]]:
        """(path, «missing», «changed» or «unknown») of what is not as it was written, or of which nothing is written down."""
        sums = self.sums()
        for path, digest in sums.items():
            whole = self.place / path
            if not whole.is_file():
                yield path, "missing"
                continue
            with whole.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                    yield path, "changed"
        for whole in sorted(self.place.rglob("*.age")):
            if (path := whole.relative_to(self.place).as_posix()) not in sums:
                yield path, "unknown"
