"""Where an export is written: apart, for its owner alone, and named only when it is whole."""

from __future__ import annotations

import contextlib
import hashlib
import os
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

    def note(self, name: str) -> None:
        """Take in what somebody else wrote into the folder."""
        with (self.place / name).open("rb") as file:
            self.sums[name] = hashlib.file_digest(file, "sha256").hexdigest()

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
    except OSError as error:
        raise unwritable(target, error) from error
    try:
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
    """Give the export its name; a target that came into being meanwhile is left as it is."""
    ensure_free(target)
    if target.suffix == ".zip":
        packed = packed_of(draft.place)
        to_disk(packed)
        os.link(packed, target)  # unlike a renaming, refuses to write over another file
    else:
        draft.place.rename(target)
    to_disk(target.parent)


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
