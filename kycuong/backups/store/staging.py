"""A place in KYCUONG_HOME for what is not encrypted yet, or no more: for its owner alone, for one run at a time, and gone at the end.

What a killed run left there is swept by whoever comes next: each run, and the tick.
"""

from __future__ import annotations

import contextlib
import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from kycuong.core.problems import Busy

PREFIX = ".plain-"


@contextlib.contextmanager
def staging() -> Iterator[Path]:
    """A new folder. Busy while another run of this installation has one."""
    home = Path(settings.HOME)
    with (home / ".backup-lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(
                "Một lần sao lưu, phục hồi hoặc diễn tập khác đang chạy; hãy chờ nó xong.",
                en="Another backup, restoration or drill is running; wait until it is done.",
            ) from None
        _sweep(home)
        with tempfile.TemporaryDirectory(dir=home, prefix=PREFIX) as place:
            yield Path(place)


def sweep_remains() -> None:
    """What a killed run left goes now, unless one is running."""
    with contextlib.suppress(Busy), staging():
        pass


def remains() -> list[str]:
    """Names of what lies there, for whoever checks the installation."""
    return sorted(path.name for path in Path(settings.HOME).glob(f"{PREFIX}*"))


def _sweep(home: Path) -> None:
    for left in home.glob(f"{PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
