"""Sets a long document as PDF in a process of its own, one at a time: `python -m kycuong.papers.apart`.

A tagged PDF takes half a megabyte of memory for each row of a table. The process that serves pages would keep that for good; this one
gives it back, may use only so much, and waits until nobody else's is being made.
"""

from __future__ import annotations

import fcntl
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kycuong.core.problems import RuleBroken

LONG = 64 * 1024
"""Letters of a document, as JSON, from which on it is long: some hundred rows."""
MEMORY, CPU_SECONDS, WALL_SECONDS = 1536 * 1024**2, 120, 150
"""Addresses, of which it fills about half."""
WAIT_SECONDS = 20.0
ROOT = Path(__file__).resolve().parents[2]
TURN = f"kycuong-pdf-{os.getuid()}.lock"


def compiled(source: bytes, folder: str, inputs: dict[str, str], standards: Any) -> bytes:
    """The document set by typst, from its form and what it is told."""
    import typst  # noqa: PLC0415 - the limits of this process come first

    form: Any = source
    made: Any = typst.compile(
        form, font_paths=[folder], ignore_system_fonts=True, sys_inputs=inputs, pdf_standards=standards
    )
    return bytes(made)


def compiled_apart(source: bytes, folder: str, inputs: dict[str, str], standards: list[str]) -> bytes:
    """The same elsewhere; RuleBroken when it takes more than it may."""
    told = json.dumps([source.decode(), folder, inputs, standards]).encode()
    with _turn(), tempfile.TemporaryFile() as answer:
        try:
            done = subprocess.run(
                [sys.executable, "-m", "kycuong.papers.apart"],
                input=told,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
                env={"PYTHONPATH": str(ROOT), "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"},
                timeout=WALL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _too_long() from None
        answer.seek(0)
        data = answer.read()
    if done.returncode or not data.startswith(b"%PDF"):
        raise _too_long()
    return data


@contextmanager
def _turn() -> Iterator[None]:
    """One after the other, whatever the number of servers: the memory of two together may be more than the machine has. Who waits too
    long is told: RuleBroken."""
    until = time.monotonic() + WAIT_SECONDS
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW
    file = os.open(Path(tempfile.gettempdir()) / TURN, flags, 0o600)
    try:
        while not _taken(file):
            if time.monotonic() > until:
                raise RuleBroken(
                    "Máy chủ đang in một văn bản dài khác thành PDF. Hãy thử lại sau một phút, hoặc tải bản Word.",
                    en="The server is making another long PDF. Try again in a minute, or take the Word file.",
                )
            time.sleep(0.2)
        yield
    finally:
        os.close(file)


def _taken(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _too_long() -> RuleBroken:
    return RuleBroken(
        "Văn bản quá dài để in thành PDF trên máy chủ này. Hãy tải bản Word hoặc Excel, hoặc chọn kỳ, phạm vi hẹp hơn.",
        en="The document is too long to become a PDF on this server. Take the Word file or the workbook, or choose a shorter period.",
    )


def main() -> int:
    """One JSON text from standard input, the PDF to standard output."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    source, folder, inputs, standards = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(compiled(source.encode(), folder, inputs, standards))
    return 0


if __name__ == "__main__":
    sys.exit(main())
