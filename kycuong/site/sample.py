"""The sample data beside the real installation: a folder of its own, which goes wholly. Before Django: nothing of it may open a database."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

DATABASE, KEY, FILES = "kycuong.sqlite3", "secret-key", "files"
WORD = "xóa"
"""What is typed to say that one means it."""
_HELD: list[int] = []
"""The folder as this process holds it, and the processes that serve for it, until they end."""


class Kept(Exception):
    """Nothing was removed, in a sentence of both languages."""


def hold(home: Path) -> None:
    """While samples are served nobody removes them."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(home, os.O_RDONLY)
    os.set_inheritable(handle, True)
    fcntl.flock(handle, fcntl.LOCK_SH)
    _HELD.append(handle)


def remove(home: Path) -> bool:
    """Remove the samples' folder with all that is in it; False when there is none. Kept when it is no folder of samples, or is being served."""
    if not home.exists() and not home.is_symlink():
        return False
    if home.is_symlink() or not home.is_dir() or not _is_sample(home):
        raise Kept(
            f"{home} không phải thư mục dữ liệu mẫu do lệnh demo lập nên không bị đụng đến; hãy tự xem. / "
            f"{home} is no folder of samples that demo made; it was left as it is. Look at it yourself."
        )
    handle = os.open(home, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        going = home.with_name(f".{home.name}.{os.getpid()}.dang-xoa")
        home.rename(going)  # from here on no start finds half of it
        shutil.rmtree(going)
    except BlockingIOError:
        raise Kept(
            "Dữ liệu mẫu đang được phục vụ; dừng lệnh demo (Ctrl-C) rồi chạy lại. / Samples are being served; stop demo first."
        ) from None
    except OSError as error:
        raise Kept(
            f"Không xóa hết được {error.filename} ({error.strerror}). / {error.filename} could not be removed."
        ) from error
    finally:
        os.close(handle)
    return True


def _is_sample(home: Path) -> bool:
    """The database holds the demonstration's province; or a start broke off before there was anything in it."""
    place = home / DATABASE
    if not place.exists():
        return (home / KEY).is_file() and not (home / FILES).exists()
    asked = "SELECT 1 FROM orgs_person WHERE username = 'tonghop' AND full_name LIKE '%(minh họa)'"
    try:
        with closing(sqlite3.connect(f"file://{quote(str(place.absolute()))}?mode=ro", uri=True)) as database:
            return database.execute(asked).fetchone() is not None
    except sqlite3.Error:
        return False
