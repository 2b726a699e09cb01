"""Files on the disk: looked at, kept by their hash, and sent in parts."""

from __future__ import annotations

from .examine import Examined, examine
from .parts import CHUNK, Upload, begin, forget, put_chunk, whole
from .parts import find as find_upload
from .vault import contents, damage_of, keep, stray

__all__ = [
    "CHUNK",
    "Examined",
    "Upload",
    "begin",
    "contents",
    "damage_of",
    "examine",
    "find_upload",
    "forget",
    "keep",
    "put_chunk",
    "stray",
    "whole",
]
