"""Photos as they are kept, a signature as it is drawn, a code as a camera reads it."""

from __future__ import annotations

import base64
import hashlib
import io
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.field.client.window import VISIT, Phone, Refused

CHUNK = 48 * 1024
KEEP = "return photos.keep(given[0], await (await fetch(given[1])).blob(), given[2])"
MODULO = 0x11D
WORDS = "101010000010010 101000100100101 101111001111100 101101101001011 100010111111001 100000011001110 100111110010111 100101010100000"
"""The published words for level M and masks 0 to 7 (ISO/IEC 18004, table C.1)."""


def picture(orientation: int) -> bytes:
    """Wide, left half red, right half blue, with the camera's name and a place in it."""
    image = Image.new("RGB", (2400, 1200), "blue")
    image.paste((255, 0, 0), (0, 0, 1200, 1200))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "MayAnhBiMat"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def kept(phone: Phone, file: bytes, **about: Any) -> dict[str, Any]:
    body = "const bytes = ids.unbase64(given[1]); return photos.keep(given[0], new Blob([bytes]), given[2])"
    return dict(phone.do(body, [VISIT, base64.b64encode(file).decode(), about]))


def whole(phone: Phone, media_id: str) -> bytes:
    return base64.b64decode(phone.do("return ids.base64(await photos.whole(given))", media_id))


def test_a_photo_is_kept_upright_small_and_without_what_the_camera_wrote(ready: Phone) -> None:
    file = picture(6)  # the camera was turned: shown upright the red half is on top
    photo = kept(
        ready, file, criterion_code="A1", caption="Bảng trực", gps={"lat": 21.85, "lng": 106.76, "acc": 8, "t": 1}
    )
    bytes_kept = whole(ready, photo["media_id"])
    image = Image.open(io.BytesIO(bytes_kept)).convert("RGB")
    assert image.size == (photo["w"], photo["h"]) == (960, 1920)
    top, bottom = image.getpixel((480, 300)), image.getpixel((480, 1600))
    assert (top[0] > 200, bottom[2] > 200) == (True, True)  # type: ignore[index]
    assert b"MayAnhBiMat" not in bytes_kept
    assert hashlib.sha256(bytes_kept).hexdigest() == photo["sha256"]
    about = ready.do("return log.heads(given)", VISIT)[f"m/{photo['media_id']}"][0]["value"]
    assert about["orig_sha256"] == hashlib.sha256(file).hexdigest()
    assert (about["size"], about["criterion_code"], about["caption"], about["gps"]["acc"]) == (
        len(bytes_kept),
        "A1",
        "Bảng trực",
        8,
    )


def test_a_photo_lies_in_chunks_of_48_kib_that_hold_no_blob(ready: Phone) -> None:
    photo = ready.photo()
    found = ready.do(
        """
        const range = IDBKeyRange.bound([given], [given, []])
        const rows = await db.tx(["chunks"], "readonly", (store) => db.asked(store("chunks").getAll(range)))
        return rows.map((row) => [row.data instanceof ArrayBuffer, row.data.byteLength])
        """,
        photo["media_id"],
    )
    seal = 16
    sizes = [CHUNK + seal] * (photo["size"] // CHUNK) + [photo["size"] % CHUNK + seal]
    assert found == [[True, size] for size in sizes]
    small = ready.do("const one = await photos.thumbnail(given); return [one.type, one.size]", photo["media_id"])
    assert small[0] == "image/jpeg"
    assert 0 < small[1] < 40_000


@pytest.mark.long
def test_what_is_no_picture_is_refused_and_nothing_is_said(ready: Phone) -> None:
    with pytest.raises(Refused) as refused:
        kept(ready, b"%PDF-1.4 no picture")
    assert refused.value.name == "Unreadable"
    assert ready.waiting()["ops"] == 0


def test_a_signature_is_kept_as_points_and_drawn_again(phone: Phone, page: Page) -> None:
    phone.do(
        """
        const place = document.body.appendChild(document.createElement("div"))
        Object.assign(place.style, { position: "fixed", left: "0", top: "0", width: "600px", height: "240px" })
        window.signing = pad.pad(place)
        window.changes = 0
        signing.onChange(() => (window.changes += 1))
        """
    )
    for start in ((100, 50), (300, 60)):
        page.mouse.move(*start)
        page.mouse.down()
        page.mouse.move(start[0] + 80, start[1] + 90, steps=6)
        page.mouse.up()
    strokes = phone.do("return signing.strokes()")
    assert [len(strokes), phone.do("return [signing.empty(), changes]")] == [2, [False, 2]]
    assert strokes[0][0] | {"p": 0} == {"x": 100, "y": 50, "t": 0, "p": 0}
    assert (strokes[1][-1]["x"], strokes[1][-1]["y"]) == (380, 150)
    assert all(isinstance(number, int) for stroke in strokes for point in stroke for number in point.values())
    lines = phone.do(
        "return [...pad.drawn(given).querySelectorAll('path')].map((one) => one.getAttribute('d'))", strokes
    )
    assert lines[0].startswith("M100 50L")
    phone.do("signing.undo()")
    assert len(phone.do("return signing.strokes()")) == 1
    phone.do("signing.clear()")
    assert phone.do("return signing.empty()") is True


TEXTS = [
    "a",
    "Kỷ Cương",
    "x" * 26,
    "y" * 42,
    "KC1:" + "0" * 58,
    "z" * 84,
    "0190bbbb-0000-7000-8000-000000000001:" + "e" * 64,
    "ư" * 53,
]


@pytest.mark.long
def test_a_code_is_read_by_a_second_reader_of_the_published_format(phone: Phone) -> None:
    for text, rows in zip(TEXTS, phone.do("return given.map(qr.matrix)", TEXTS), strict=True):
        assert read(rows) == text
    with pytest.raises(Refused):
        phone.do("return qr.matrix('x'.repeat(107))")
    assert phone.do("return qr.svg('a').getAttribute('viewBox')") == "0 0 29 29"


BLOCKS = {1: (16, 10, 1), 2: (28, 16, 1), 3: (44, 26, 1), 4: (64, 18, 2), 5: (86, 24, 2), 6: (108, 16, 4)}


def read(rows: list[list[bool]]) -> str:
    """The text of a code: format word, mask, zigzag, blocks whose syndromes must all be zero, bytes."""
    size = len(rows)
    version = (size - 17) // 4
    across = [(8, x) for x in (0, 1, 2, 3, 4, 5, 7, 8)] + [(y, 8) for y in (7, 5, 4, 3, 2, 1, 0)]
    below = [(size - 1 - step, 8) for step in range(7)] + [(8, size - 8 + step) for step in range(8)]
    words = ["".join(str(int(rows[y][x])) for y, x in places) for places in (across, below)]
    assert words[0] == words[1], "the two copies of the format word differ"
    mask = WORDS.split().index(words[0])
    bits = zigzag(rows, version, mask)
    total, check, blocks = BLOCKS[version]
    stream = [int("".join(map(str, bits[at : at + 8])), 2) for at in range(0, (total + check * blocks) * 8, 8)]
    parts = [stream[n:total:blocks] + stream[total + n :: blocks] for n in range(blocks)]
    for part in parts:
        assert all(value(part, power(root)) == 0 for root in range(check)), "the correction does not fit the data"
    data = "".join(f"{word:08b}" for part in parts for word in part[: total // blocks])
    assert data[:4] == "0100"
    length = int(data[4:12], 2)
    return bytes(int(data[at : at + 8], 2) for at in range(12, 12 + 8 * length, 8)).decode()


def zigzag(rows: list[list[bool]], version: int, mask: int) -> list[int]:
    size = len(rows)
    rules = [
        lambda i, j: (i + j) % 2, lambda i, j: i % 2, lambda i, j: j % 3, lambda i, j: (i + j) % 3,
        lambda i, j: (i // 2 + j // 3) % 2, lambda i, j: i * j % 2 + i * j % 3,
        lambda i, j: (i * j % 2 + i * j % 3) % 2, lambda i, j: ((i + j) % 2 + i * j % 3) % 2,
    ]  # fmt: skip
    bits = []
    columns = [x for x in range(size - 1, -1, -1) if x != 6]
    for pair, (right, left) in enumerate(zip(columns[::2], columns[1::2], strict=True)):
        for y in range(size - 1, -1, -1) if pair % 2 == 0 else range(size):
            for x in (right, left):
                if not is_furniture(x, y, size, version):
                    bits.append(int(rows[y][x]) ^ (rules[mask](y, x) == 0))
    return bits


def is_furniture(x: int, y: int, size: int, version: int) -> bool:
    finder = (x < 9 and y < 9) or (x >= size - 8 and y < 9) or (x < 9 and y >= size - 8)
    aligned = version > 1 and abs(x - (size - 7)) <= 2 and abs(y - (size - 7)) <= 2
    return finder or x == 6 or y == 6 or aligned


def power(exponent: int) -> int:
    found = 1
    for _ in range(exponent):
        found = found << 1 ^ (MODULO if found & 0x80 else 0)
    return found


def value(part: list[int], at: int) -> int:
    """The polynomial at a point, by Horner."""
    found = 0
    for word in part:
        found = product(found, at) ^ word
    return found


def product(a: int, b: int) -> int:
    found = 0
    while b:
        found ^= a if b & 1 else 0
        a, b = a << 1 ^ (MODULO if a & 0x80 else 0), b >> 1
    return found
