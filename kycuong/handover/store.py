"""Where an export is written: apart, for its owner alone, and named only when it is whole."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from kycuong.core.durable import to_disk
from kycuong.core.problems import BadInput

SUMS = "SHA256SUMS"


class Leaf:
    """One file on its way to the disk, with its size and digest."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.file = open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")  # noqa: SIM115 - closed by `with`
        self.digest, self.size = hashlib.sha256(), 0

    def write(self, data: bytes) -> None:
        self.file.write(data)
        self.digest.update(data)
        self.size += len(data)

    def __enter__(self) -> Leaf:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self.file.flush()
            os.fsync(self.file.fileno())
        self.file.close()


def sweep(target: Path) -> int:
    """Remove what runs that were killed left beside the target; how many of them. Of one that still runs nothing is touched."""
    swept = set()
    if target.parent.is_dir():
        for path in target.parent.iterdir():
            found = re.fullmatch(rf"\.{re.escape(target.name)}\.(\d+)\.dang-ghi(\.zip)?", path.name)
            if found and not _runs(int(found[1])):
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
                swept.add(found[1])
    return len(swept)


def _runs(pid: int) -> bool:
    """Whether such a process is there, whoever's it is; this one has left nothing yet."""
    if pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


@dataclass
class Draft:
    """The folder that is being written; `sums`: path inside it → SHA-256, of everything that was closed."""

    place: Path
    sums: dict[str, str] = field(default_factory=dict)

    @contextlib.contextmanager
    def leaf(self, name: str) -> Iterator[Leaf]:
        with Leaf(self.place / name) as leaf:
            yield leaf
        self.sums[name] = leaf.digest.hexdigest()

    def put(self, name: str, text: str) -> None:
        with self.leaf(name) as leaf:
            leaf.write(text.encode())

    def close(self) -> str:
        """Write the list of sums, as `sha256sum -c` reads it, and give its digest."""
        lines = [f"{digest}  {name}\n" for name, digest in sorted(self.sums.items())]
        self.put(SUMS, "".join(lines))
        return self.sums[SUMS]


@contextlib.contextmanager
def drafted(target: Path) -> Iterator[Draft]:
    """A folder beside the target; whatever ends this, nothing half made is left."""
    ensure_free(target)
    place = target.with_name(f".{target.name}.{os.getpid()}.dang-ghi")
    try:
        place.mkdir(mode=0o700)
        (place / "thu").write_bytes(b"thu")  # a disk that takes nothing is told of before a table is read
        to_disk(place / "thu")
        (place / "thu").unlink()
        yield Draft(place)
    except OSError as error:
        raise unwritable(target, error) from error
    finally:
        shutil.rmtree(place, ignore_errors=True)
        packed_of(place).unlink(missing_ok=True)


def pack(draft: Draft) -> None:
    """The folder as one ZIP beside it, written file by file."""
    with (
        open(os.open(packed_of(draft.place), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive,
    ):
        for name in sorted(draft.sums):
            archive.write(draft.place / name, name)


def publish(draft: Draft, target: Path) -> None:
    """Give the export its name; a target that came into being meanwhile is left as it is. After an error nothing has the name."""
    ensure_free(target)
    for folder in {path.parent for path in draft.place.rglob("*")}:
        to_disk(folder)
    if target.suffix == ".zip":
        packed = packed_of(draft.place)
        to_disk(packed)
        # Claimed first: a renaming alone would write over another file, and not every file system has hard links.
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            packed.replace(target)
            to_disk(target.parent)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        return
    draft.place.rename(target)
    try:
        to_disk(target.parent)
    except BaseException:
        target.rename(draft.place)
        raise


def packed_of(place: Path) -> Path:
    return place.with_name(f"{place.name}.zip")


def ensure_free(target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise BadInput(
            f"Đã có {target}; lệnh này không ghi đè. Hãy ghi tên thư mục hoặc tệp .zip chưa có.",
            en=f"{target} is there already and is not written over. Name a folder or a .zip that does not exist.",
        )
    if not target.parent.is_dir():
        raise BadInput(
            f"Không có thư mục {target.parent}; hãy tạo thư mục ấy trước, hoặc kiểm tra ổ đĩa đã gắn chưa.",
            en=f"There is no folder {target.parent}; make it first, or see whether its disk is mounted.",
        )


def unwritable(target: Path, error: OSError) -> BadInput:
    cause = error.strerror or str(error)
    return BadInput(
        f"Không ghi được {target} ({cause}); chưa có gì được bàn giao. Hãy kiểm tra ổ đĩa, thư mục rồi chạy lại.",
        en=f"{target} cannot be written ({cause}); nothing was handed over. Look at the disk and the folder, then run this again.",
    )
