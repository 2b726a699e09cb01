"""Looks at what was sent: its kind by its content, a photo by decoding it in a process that may do little else."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from kycuong.files.rules import PHOTOS, Kind, ensure_size, kind_of, refusal, shown_name, too_many_pixels

SECONDS = 30
ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that may be kept, with what was found in it."""

    data: bytes
    name: str
    kind: Kind
    sha256: str
    shown: bytes = b""
    thumbnail: bytes = b""
    width: int | None = None
    height: int | None = None
    taken_at: str = ""
    latitude: str | None = None
    longitude: str | None = None
    camera: str = ""


def examine(data: bytes, name: str) -> Examined:
    """The file, or BadInput with the sentence that says what is wrong with it."""
    ensure_size(len(data), most=settings.FILE_BYTES)
    kind = kind_of(data)
    sha256 = hashlib.sha256(data).hexdigest()
    found = _decoded(data, kind) if kind in PHOTOS else {}
    return Examined(data, shown_name(name), kind, sha256, **found)


def _decoded(data: bytes, kind: Kind) -> dict[str, Any]:
    pixels = settings.PHOTO_PIXELS
    command = [sys.executable, "-m", "kycuong.files.decoder", kind.value, str(pixels)]
    bare = {"PYTHONPATH": str(ROOT), "PATH": os.defpath, "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, env=bare, check=False)
    except subprocess.TimeoutExpired:
        raise too_many_pixels(pixels) from None
    head, _, rest = done.stdout.partition(b"\n")
    if done.returncode or not head:
        raise refusal("truncated")
    told = json.loads(head)
    if reason := told.pop("refused", ""):
        raise too_many_pixels(pixels) if reason == "pixels" else refusal(reason)
    cut, end = told.pop("shown"), told.pop("thumbnail")
    return {**told, "shown": rest[:cut], "thumbnail": rest[cut : cut + end]}
