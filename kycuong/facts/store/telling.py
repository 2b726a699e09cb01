"""What goes wrong on disks and in DuckDB, as problems that a person can do something about."""

from __future__ import annotations

import contextlib
import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

from kycuong.core.problems import BadInput, Full, RuleBroken

from .optional import needed

LEAST_ROOM = 1 << 20
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextlib.contextmanager
def written_in(place: Path) -> Iterator[None]:
    """Around the writing of an export: a full disk, a share that is gone, memory that does not suffice."""
    duck = needed("duckdb", "facts")
    try:
        yield
    except OSError as error:
        if error.errno in NO_ROOM:
            raise full(place) from error
        cause = error.strerror or str(error)
        raise unwritable(place, f"{error.filename}: {cause}" if error.filename else cause) from error
    except (duck.IOException, duck.OutOfMemoryException) as error:
        if "No space left" in str(error) or _is_full(place):
            raise full(place) from error
        raise unwritable(place, str(error).splitlines()[0]) from error


@contextlib.contextmanager
def read_from(place: Path) -> Iterator[None]:
    """Around counting over an export: files that are gone, memory that does not suffice."""
    duck = needed("duckdb", "facts")
    try:
        yield
    except (duck.BinderException, duck.CatalogException, duck.ParserException, duck.PermissionException):
        raise  # the text is wrong: a fault of ours
    except duck.Error as error:
        cause = str(error).splitlines()[0]
        raise RuleBroken(
            f"Không đọc được bản xuất trong {place} ({cause}). Bản xuất vừa được làm mới hoặc máy thiếu bộ nhớ; hãy chạy lại lệnh này.",
            en=f"The export in {place} cannot be read ({cause}). It was made anew meanwhile, or memory is short; run this again.",
        ) from error


def _is_full(place: Path) -> bool:
    with contextlib.suppress(OSError):
        return shutil.disk_usage(place).free < LEAST_ROOM
    return False


def full(place: Path) -> Full:
    return Full(
        f"Ổ đĩa của {place} hết chỗ nên chưa xuất được; bản xuất trước còn nguyên. Hãy dọn chỗ rồi chạy lại.",
        en=f"The disk of {place} is full: nothing was exported, the former export is whole. Make room, then run this again.",
    )


def unwritable(place: Path, cause: str) -> BadInput:
    return BadInput(
        f"Không ghi được bản xuất vào {place} ({cause}); bản xuất trước còn nguyên. Hãy kiểm tra ổ đĩa, thư mục rồi chạy lại.",
        en=f"The export cannot be written to {place} ({cause}); the former one is whole. Look at the disk and the folder, then run this again.",
    )
