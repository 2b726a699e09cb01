"""What is written, made to outlast a power cut."""

from __future__ import annotations

import os
from pathlib import Path


def to_disk(path: Path) -> None:
    """The bytes of a file, or the names in a folder, are on the disk when this returns. OSError: they may not be."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
