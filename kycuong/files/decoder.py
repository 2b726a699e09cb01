"""Decodes a photo inside a process of its own that may use only so much memory and time: `python -m kycuong.files.decoder`.

Standard input: the file. Standard output: one line of JSON, then the copy to show, then the thumbnail.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import warnings
from fractions import Fraction
from typing import Any

MEMORY = 1024**3
CPU_SECONDS = 20
SHOWN, THUMBNAIL, QUALITY = 1600, 320, 85
EXIF, GPS = 0x8769, 0x8825
TAKEN, OFFSET, MAKE, MODEL, ORIENTATION = 36867, 36881, 271, 272, 274


class Refusal(Exception):
    """The name of a reason that the parent turns into a sentence."""


def confine() -> None:
    """Give up what a decoder does not need, before anything of the file is looked at."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def decode(data: bytes, kind: str, pixels: int) -> tuple[dict[str, Any], bytes, bytes]:
    """What the photo says, the copy to show and the thumbnail: fresh pixels, nothing else of the file in them."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - after the limits

    Image.MAX_IMAGE_PIXELS = pixels
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    with Image.open(io.BytesIO(data), formats=[kind.upper()]) as photo:
        width, height = photo.size
        told, turned = origin(photo), photo.getexif().get(ORIENTATION) in (5, 6, 7, 8)
        if kind != "jpeg" and getattr(photo, "n_frames", 1) > 1:
            raise Refusal("moving")
        photo.draft("RGB", (SHOWN, SHOWN))  # a JPEG is decoded no larger than it will be shown
        photo.load()
        small = photo.convert("RGBA") if photo.mode == "P" else photo
        small.thumbnail((SHOWN, SHOWN))  # before it is turned: fifty megapixels fit into the memory once
        upright = ImageOps.exif_transpose(small)
        shown, thumbnail = copy(upright, SHOWN), copy(upright, THUMBNAIL)
    told |= {"width": height if turned else width, "height": width if turned else height}
    return told, shown, thumbnail


def copy(photo: Any, most: int) -> bytes:
    """The pixels alone, no larger than `most`, on white where there were none."""
    from PIL import Image  # noqa: PLC0415 - after the limits

    small = photo.copy()
    small.thumbnail((most, most))
    fresh = Image.new("RGB", small.size, "white")
    if small.mode in ("RGBA", "LA", "PA") or "transparency" in small.info:
        small = small.convert("RGBA")
        fresh.paste(small, mask=small.getchannel("A"))
    else:
        fresh.paste(small.convert("RGB"))
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def origin(photo: Any) -> dict[str, Any]:
    """Hour, place and camera, as far as they can be read; a broken note about a photo does not make the photo bad."""
    try:
        exif = photo.getexif()
        inner, gps = exif.get_ifd(EXIF), exif.get_ifd(GPS)
        camera = " ".join(str(exif[tag]).strip("\0 ") for tag in (MAKE, MODEL) if exif.get(tag))
        taken = " ".join(str(inner[tag]).strip("\0 ") for tag in (TAKEN, OFFSET) if inner.get(tag))
        return {"camera": plain(camera), "taken_at": plain(taken)[:40], **place(gps)}
    except (ValueError, TypeError, KeyError, SyntaxError, ZeroDivisionError, OverflowError):
        return {}


def place(gps: Any) -> dict[str, str]:
    """Decimal degrees of a whole pair of coordinates."""
    if not all(gps.get(tag) for tag in (1, 2, 3, 4)):
        return {}
    pair = [degrees(gps[tag]) * (-1 if str(gps[tag - 1]).strip("\0 ") in "SW" else 1) for tag in (2, 4)]
    if abs(pair[0]) > 90 or abs(pair[1]) > 180:
        return {}
    return dict(zip(("latitude", "longitude"), (f"{float(one):.6f}" for one in pair), strict=True))


def degrees(parts: Any) -> Fraction:
    hours, minutes, seconds = (Fraction(str(float(part))) for part in parts)
    return hours + minutes / 60 + seconds / 3600


def plain(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable())[:120]


def answer(data: bytes, kind: str, pixels: int) -> tuple[dict[str, Any], bytes, bytes]:
    """What `decode` says, or the reason why it cannot."""
    from PIL import Image  # noqa: PLC0415 - after the limits

    try:
        return decode(data, kind, pixels)
    except Refusal as reason:
        return {"refused": str(reason)}, b"", b""
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return {"refused": "pixels"}, b"", b""
    except (OSError, ValueError, SyntaxError, TypeError, IndexError, KeyError, EOFError, OverflowError):
        return {"refused": "truncated"}, b"", b""  # what the decoder cannot read to the end


def main(kind: str, pixels: int) -> int:
    told, shown, thumbnail = answer(sys.stdin.buffer.read(), kind, pixels)
    head = json.dumps({**told, "shown": len(shown), "thumbnail": len(thumbnail)})
    sys.stdout.buffer.write(head.encode() + b"\n" + shown + thumbnail)
    return 0


if __name__ == "__main__":
    confine()
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
