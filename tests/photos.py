"""Photos and documents for tests: made here, by the library that reads them; nobody's real photo."""

from __future__ import annotations

import io
import struct
import zlib
from functools import cache

from PIL import Image

from kycuong.files.store import Examined, examine

TAKEN, CAMERA = "2026:03:12 08:15:30", "May Thu 9"


@cache
def jpeg(width: int = 640, height: int = 480, *, orientation: int = 1, colour: str = "teal") -> bytes:
    """A photo with hour, place and camera in it."""
    exif = Image.Exif()
    exif[271], exif[272], exif[274] = "Hang Thu", CAMERA, orientation
    exif.get_ifd(0x8769)[36867] = TAKEN
    exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 51.0, 0.0), 3: "E", 4: (106.0, 45.0, 36.0)})
    return saved(Image.new("RGB", (width, height), colour), "JPEG", exif=exif, comment=b"bi mat")


def saved(image: Image.Image, kind: str, **given: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **given)
    return out.getvalue()


def png(width: int = 60, height: int = 40) -> bytes:
    return saved(Image.new("RGBA", (width, height), (200, 0, 0, 120)), "PNG")


def webp() -> bytes:
    return saved(Image.new("RGB", (60, 40), "navy"), "WEBP")


def flood(width: int = 40_000, height: int = 40_000) -> bytes:
    """A PNG of a few hundred bytes that says it has 1.6 thousand million pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def pdf(text: str = "") -> bytes:
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%" + text.encode() + b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@cache
def examined(colour: str = "teal") -> Examined:
    """A photo that was looked at: once for all tests, decoding takes a process."""
    return examine(jpeg(colour=colour), "IMG_0001.JPG")
