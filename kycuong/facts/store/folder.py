"""A folder that holds an export: its parts, and the manifest that says which of them belong together."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kycuong.core.problems import BadInput, Busy, Missing, RuleBroken
from kycuong.facts.rules import FORMAT, MANIFEST, Manifest, Part, manifest_of

LOCK, WRITING = ".lock", ".writing-"
PIECE = 1 << 20


@dataclass(frozen=True)
class Folder:
    """Where an export lies. Its owner alone reads it."""

    place: Path

    def begun(self) -> Folder:
        """The folder, made where it is not there. One in which other things lie is left alone."""
        try:
            self.place.mkdir(mode=0o700, parents=True, exist_ok=True)
            foreign = [one.name for one in self.place.iterdir() if one.name not in (MANIFEST, LOCK)]
            if foreign and not (self.place / LOCK).exists():
                raise BadInput(
                    f"Thư mục {self.place} đang chứa thứ khác ({foreign[0]}). Hãy chọn thư mục trống hoặc thư mục của lần xuất trước.",
                    en=f"Other things lie in {self.place} ({foreign[0]}). Choose an empty folder, or that of an earlier export.",
                )
            self.place.chmod(0o700)
        except OSError as problem:
            raise BadInput(
                f"Không ghi được vào thư mục {self.place} ({problem.strerror}); hãy chọn thư mục khác.",
                en=f"Cannot write to the folder {self.place} ({problem.strerror}); choose another one.",
            ) from None
        return self

    @contextlib.contextmanager
    def alone(self) -> Iterator[Path]:
        """A place to write in, for one export at a time; what a killed one left goes first."""
        with open(os.open(self.place / LOCK, os.O_CREAT | os.O_RDWR, 0o600), "w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy(
                    "Một lần xuất khác đang ghi vào thư mục này; hãy chờ nó xong.",
                    en="Another export is being written to this folder; wait until it is done.",
                ) from None
            for left in self.place.glob(f"{WRITING}*"):
                shutil.rmtree(left, ignore_errors=True)
            with tempfile.TemporaryDirectory(dir=self.place, prefix=WRITING) as place:
                yield Path(place)

    def manifest(self) -> Manifest:
        """What is here; a half-written export is not, since the manifest comes last."""
        try:
            found = manifest_of((self.place / MANIFEST).read_text(encoding="utf-8"))
        except OSError:
            raise Missing(
                f"Trong {self.place} không có bản xuất nào. Hãy chạy: ./run export facts {self.place}",
                en=f"There is no export in {self.place}. Run: ./run export facts {self.place}",
            ) from None
        if found.format != FORMAT:
            raise RuleBroken(
                "Bản xuất này do phiên bản khác của chương trình làm ra. Hãy xuất lại: ./run export facts THƯ_MỤC.",
                en="Another version of the program made this export. Export again: ./run export facts FOLDER.",
            )
        return found

    def earlier(self) -> Manifest | None:
        """What an earlier export left, as far as it is of use to the next one."""
        try:
            return self.manifest()
        except (Missing, RuleBroken):
            return None

    def ensure_whole(self, manifest: Manifest) -> None:
        """Every file is there and is the one that was written: numbers must not come out of what somebody changed."""
        for name, part in manifest.files().items():
            if not self.holds(part, closely=True):
                raise RuleBroken(
                    f"Tệp {name} của bản xuất thiếu hoặc đã bị đổi, nên không tính được từ bản này. Hãy xuất lại: ./run export facts {self.place}",
                    en=f"The file {name} of the export is gone or was changed: nothing is counted from it. Export again.",
                )

    def holds(self, part: Part, *, closely: bool) -> bool:
        """Whether the file of the part is here as it was written; not closely: by its size."""
        path = self.place / part.file
        if not path.is_file() or path.stat().st_size != part.size:
            return False
        return not closely or sha256_of(path) == part.sha256

    def keep(self, manifest: Manifest) -> None:
        """The manifest takes the place of the former one in one step, after everything that it names is on the disk."""
        for folder in {(self.place / name).parent for name in manifest.files()} | {self.place}:
            synced(folder)
        draft = self.place / f"{WRITING}manifest"
        with open(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(manifest.as_json())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.place / MANIFEST)
        synced(self.place)

    def sweep(self, *manifests: Manifest | None) -> None:
        """Files that none of these names go. The former manifest is one of them: somebody may be reading by it."""
        named = {name for one in manifests if one for name in one.files()}
        for path in self.place.glob("*/*.parquet"):
            if path.relative_to(self.place).as_posix() not in named:
                path.unlink(missing_ok=True)


def synced(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
