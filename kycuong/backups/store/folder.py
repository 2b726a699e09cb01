"""A folder of backups: an archive for each moment, and each kept photo or file once, under its hash.

kycuong-20261126T161306Z.age    the database, the keys, what is under way, and what it all should come to
files/ab/ab12….age              a photo or file, as it stands in KYCUONG_HOME/files/kept; written once
SHA256SUMS                      the digest of each file above: `sha256sum -c SHA256SUMS` checks the folder without any key
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kycuong.backups.rules import ARCHIVE
from kycuong.core.problems import BadInput, Busy, Missing

SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Folder:
    """Where backups lie: another disk, a mounted share, what is then copied to another house."""

    place: Path

    def made(self) -> Folder:
        """The folder, made where it is not there. Its owner alone reads it."""
        try:
            (self.place / "files").mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as problem:
            raise BadInput(
                f"Không ghi được vào thư mục sao lưu {self.place} ({problem.strerror}); hãy chọn thư mục khác.",
                en=f"Cannot write to the folder of backups {self.place} ({problem.strerror}); choose another one.",
            ) from None
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
        """One archive, the newest without a name."""
        names = self.archives()
        if not names or (name and name not in names):
            raise Missing(
                f"Trong {self.place} không có bản sao lưu {name}".rstrip() + ". Hãy xem lại thư mục.",
                en=f"There is no backup {name} in {self.place}. Look at the folder again.",
            )
        return self.place / (name or names[0])

    def file(self, sha256: str) -> Path:
        return self.place / "files" / sha256[:2] / f"{sha256}.age"

    def sums(self) -> dict[str, str]:
        """Relative path → digest, as it was when it was written."""
        try:
            lines = (self.place / SUMS).read_text(encoding="ascii").splitlines()
        except FileNotFoundError:
            return {}
        return {path: digest for digest, _, path in (line.partition("  ") for line in lines)}

    def note(self, digests: dict[str, str]) -> None:
        """Put digests with those that are there; what is no longer there goes from the list."""
        known = {path: digest for path, digest in (self.sums() | digests).items() if (self.place / path).exists()}
        handle, draft = tempfile.mkstemp(dir=self.place, prefix=".writing-")
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.writelines(f"{digest}  {path}\n" for path, digest in sorted(known.items()))
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(self.place / SUMS)

    def damaged(self) -> Iterator[tuple[str, str]]:
        """(path, «missing» or «changed») of what is not as it was written."""
        for path, digest in self.sums().items():
            whole = self.place / path
            if not whole.is_file():
                yield path, "missing"
                continue
            with whole.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                    yield path, "changed"
