"""The sample data beside the real installation: a folder of its own, which goes wholly. Before Django: nothing of it may open a database."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from pathlib import Path

MARK = ".kycuong-demo"
"""The file that says that a folder is one of samples: written into a new or empty one, and the only thing that is believed."""
WORD = "xóa"
"""What is typed to say that one means it."""
_HELD: list[int] = []
"""The folder as this process holds it, and the processes that serve for it, until they end."""


class Kept(Exception):
    """Nothing was done, in a sentence of both languages."""


def hold(home: Path) -> None:
    """While samples are served nobody removes them. Kept: something else lies there."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(home, os.O_RDONLY)
    if home.is_symlink() or not (is_marked(home) or not any(home.iterdir())):
        os.close(handle)
        raise Kept(
            f"{home} có sẵn và không do lệnh demo lập; hãy chuyển nó đi nơi khác, hoặc đặt KYCUONG_HOME khác, rồi chạy lại. / "
            f"{home} is there and was not made by demo; move it away, or set another KYCUONG_HOME, and run this again."
        )
    os.set_inheritable(handle, True)
    fcntl.flock(handle, fcntl.LOCK_SH)
    _HELD.append(handle)
    (home / MARK).touch(mode=0o600)


def is_marked(home: Path) -> bool:
    """Whether `demo` made this folder."""
    return (home / MARK).is_file() and not (home / MARK).is_symlink()


def leftovers(home: Path) -> list[Path]:
    """What removals that broke off left beside the folder."""
    mine = re.compile(rf"\.{re.escape(home.name)}\.\d+\.dang-xoa")
    beside = home.parent.iterdir() if home.parent.is_dir() else ()
    return [path for path in beside if mine.fullmatch(path.name) and path.is_dir() and not path.is_symlink()]


def is_there(home: Path) -> bool:
    """Whether there is something to remove, or to refuse."""
    return home.exists() or home.is_symlink() or bool(leftovers(home))


def remove(home: Path) -> bool:
    """Remove the samples' folder with all that is in it; False when there is none. Kept when it is no folder of samples, or is being served."""
    if not is_there(home):
        return False
    try:
        if home.exists() or home.is_symlink():
            _put_aside(home)
        for going in leftovers(home):
            shutil.rmtree(going)
    except BlockingIOError:
        raise Kept(
            "Dữ liệu mẫu đang được phục vụ; dừng lệnh demo (Ctrl-C) rồi chạy lại. / Samples are being served; stop demo first."
        ) from None
    except OSError as error:
        raise Kept(
            f"Không xóa hết được {error.filename} ({error.strerror}); sửa rồi chạy lại. / "
            f"{error.filename} could not be removed; mend that and run this again."
        ) from error
    return True


def _put_aside(home: Path) -> None:
    """Rename the folder, so that from here on no start finds half of it."""
    if home.is_symlink() or not home.is_dir() or not is_marked(home):
        raise Kept(
            f"{home} không phải thư mục dữ liệu mẫu do lệnh demo lập nên không bị đụng đến; hãy tự xem. / "
            f"{home} is no folder of samples that demo made; it was left as it is. Look at it yourself."
        )
    handle = os.open(home, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        home.rename(home.with_name(f".{home.name}.{os.getpid()}.dang-xoa"))
    finally:
        os.close(handle)
