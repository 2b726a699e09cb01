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

from kycuong.core.durable import to_disk
from kycuong.core.problems import BadInput, Busy, Missing, RuleBroken
from kycuong.facts.rules import ANSWERS, FILE, MANIFEST, TABLES, Manifest, Part, manifest_of

LOCK, READING, WRITING = ".kycuong-facts.lock", ".kycuong-facts.readers", ".kycuong-writing-"
"""Names that no other program gives: one export at a time, who is reading, and what is being written."""
HELD = frozenset(table.name for table in (*TABLES, ANSWERS))
PIECE = 1 << 20


@dataclass(frozen=True)
class Folder:
    """Where an export lies. Its owner alone reads it. What somebody else put there is never touched."""

    place: Path

    def begun(self) -> Folder:
        """The folder, made where it is not there, but not those above it: a share that is not mounted would fill another disk."""
        try:
            self.place.mkdir(mode=0o700, exist_ok=True)
            foreign = sorted(one.name for one in self.place.iterdir() if not self.ours(one))
        except OSError as problem:
            if self.place.exists() and not self.place.is_dir():
                raise no_folder(self.place) from None
            raise BadInput(
                f"Không ghi được vào thư mục {self.place} ({problem.strerror}); hãy chọn thư mục khác, hoặc tạo (gắn) thư mục chứa nó trước.",
                en=f"Cannot write to the folder {self.place} ({problem.strerror}); choose another one, or make (mount) the one above it first.",
            ) from None
        if foreign:
            raise BadInput(
                f"Thư mục {self.place} đang chứa thứ khác ({foreign[0]}). Hãy chọn thư mục trống hoặc thư mục của lần xuất trước.",
                en=f"Other things lie in {self.place} ({foreign[0]}). Choose an empty folder, or that of an earlier export.",
            )
        return self

    def ours(self, path: Path) -> bool:
        """Whether an export made this; never a link. (NFS leaves `.nfs…` by itself.)"""
        if path.is_symlink():
            return False
        return (
            path.name in (MANIFEST, LOCK, READING) or path.name.startswith((WRITING, ".nfs")) or self.of_a_table(path)
        )

    def of_a_table(self, path: Path) -> bool:
        """Beside our lock or manifest: a folder of a table of today, or one of an earlier version that holds nothing but parts."""
        if path.is_symlink() or not path.is_dir() or not ((self.place / LOCK).exists() or self.earlier()):
            return False
        return path.name in HELD or {bool(FILE.fullmatch(f"{path.name}/{one.name}")) for one in path.iterdir()} == {
            True
        }

    @contextlib.contextmanager
    def alone(self) -> Iterator[Path]:
        """A place to write in, for one export at a time; what a killed one left goes first."""
        with locked(self.place / LOCK) as had:
            if not had:
                raise Busy(
                    "Một lần xuất khác đang ghi vào thư mục này; hãy chờ nó xong.",
                    en="Another export is being written to this folder; wait until it is done.",
                )
            self.place.chmod(0o700)
            for left in self.place.glob(f"{WRITING}*"):
                shutil.rmtree(left, ignore_errors=True)
            with tempfile.TemporaryDirectory(dir=self.place, prefix=WRITING) as place:
                yield Path(place)

    @contextlib.contextmanager
    def read(self) -> Iterator[Manifest]:
        """What is here, kept for as long as it is read: no export sweeps meanwhile. Where nothing can be written nobody can keep it."""
        with contextlib.ExitStack() as kept:
            with contextlib.suppress(OSError):
                if (self.place / LOCK).exists():
                    kept.enter_context(locked(self.place / READING, fcntl.LOCK_SH))
            yield self.manifest()

    def manifest(self) -> Manifest:
        """What is here; a half-written export is not, since the manifest comes last."""
        try:
            text = (self.place / MANIFEST).read_bytes()
        except NotADirectoryError:
            raise no_folder(self.place) from None
        except FileNotFoundError:
            raise Missing(
                f"Trong {self.place} không có bản xuất nào. Hãy ghi đúng thư mục đã xuất, hoặc xuất vào một thư mục trống: ./run export facts THƯ_MỤC",
                en=f"There is no export in {self.place}. Write the folder of an export, or export into an empty one: ./run export facts FOLDER",
            ) from None
        except OSError as problem:
            raise unreadable(self.place / MANIFEST, problem) from None
        return manifest_of(text)

    def earlier(self) -> Manifest | None:
        """What an earlier export left, as far as it is of use to the next one."""
        try:
            return self.manifest()
        except (Missing, RuleBroken):
            return None

    def ensure_whole(self, manifest: Manifest) -> None:
        """Every file is there and is the one that was written: numbers must not come out of what somebody changed."""
        for name, part in manifest.files().items():
            try:
                whole = self.holds(part, closely=True)
            except OSError as problem:
                raise unreadable(self.place / name, problem) from None
            if not whole:
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
            to_disk(folder)
        draft = self.place / f"{WRITING}manifest"
        with open(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(manifest.as_json())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.place / MANIFEST)
        to_disk(self.place)

    def sweep(self, *manifests: Manifest | None) -> None:
        """Files that none of these names go: ours alone, by folder and name, and only while nobody reads. The former manifest is
        one of them, for whoever copies the folder without asking us."""
        named = {name for one in manifests if one for name in one.files()}
        with locked(self.place / READING) as had:
            for folder in [path for path in self.place.iterdir() if had and self.of_a_table(path)]:
                for path in folder.glob("*.parquet"):
                    name = path.relative_to(self.place).as_posix()
                    if name not in named and FILE.fullmatch(name) and not path.is_symlink():
                        path.unlink(missing_ok=True)
                if folder.name not in HELD:  # of a table that is exported no more
                    with contextlib.suppress(OSError):
                        folder.rmdir()


def no_folder(path: Path) -> BadInput:
    return BadInput(
        f"{path} là tệp, không phải thư mục. Hãy ghi thư mục của bản xuất.",
        en=f"{path} is a file, not a folder. Write the folder of the export.",
    )


def unreadable(path: Path, problem: OSError) -> BadInput:
    return BadInput(
        f"Không đọc được {path} ({problem.strerror}). Chỉ người đã xuất đọc được bản xuất: hãy chạy bằng tài khoản máy ấy, hoặc kiểm tra ổ đĩa.",
        en=f"{path} cannot be read ({problem.strerror}). An export opens to whoever made it: run this as that user of the machine, or look at the disk.",
    )


@contextlib.contextmanager
def locked(path: Path, kind: int = fcntl.LOCK_EX | fcntl.LOCK_NB) -> Iterator[bool]:
    """Whether the lock was had; it is given back at the end, or when the process dies."""
    with open(os.open(path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600), "w") as lock:
        try:
            fcntl.flock(lock, kind)
        except BlockingIOError:
            yield False
        else:
            yield True


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
