"""Files that somebody damaged, disguised or built to hurt: made from sound ones with a seed, so that each can be made again."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from kycuong.papers.starting import starting_file
from kycuong.papers.word import word_file
from tests.papers.samples import letter, minutes
from tests.photos import flood, jpeg, pdf, png, webp
from tests.sheets.files import xls_file, xlsx_file

ENDINGS = ("xlsx", "xls", "csv", "docx", "jpg", "png", "webp", "pdf", "zip", "heic", "exe", "")
ENTITIES = (
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>',
    '<!DOCTYPE a [<!ENTITY l0 "ha">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    + '<!ENTITY x "&l9;">]>',
)


class Bad(NamedTuple):
    """One file of the corpus; `made` says how."""

    made: str
    name: str
    data: bytes


@cache
def sound() -> dict[str, bytes]:
    """A good file of each kind."""
    csv = "Cơ quan chủ trì,Hình thức,Tên đơn vị,Ngày kiểm tra\nSở Nội vụ,Đột xuất,Xã Bình Minh,01/02/2024\n".encode()
    sheets = {"xlsx": without_hours(xlsx_file()), "xls": xls_file(), "csv": csv}
    photos = {"jpg": jpeg(), "png": png(), "webp": webp(), "pdf": pdf("văn bản")}
    return {
        **sheets,
        **photos,
        "docx": word_file(letter()),
        "form.docx": starting_file(minutes()),
        "zip": archive({"a.csv": csv}),
    }


def without_hours(data: bytes) -> bytes:
    """The same archive, whenever it is made."""
    return archive(parts_of(data))


def archive(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)  # without the hour: the same each time
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes | str]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def truncated(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def flipped(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _each in range(chance.choice((1, 3, 20, 200))):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def spliced(data: bytes, chance: random.Random) -> bytes:
    """A polyglot: a part of another kind in it, before or behind it."""
    other, place = chance.choice(sorted(sound().values())), chance.randrange(len(data) + 1)
    return chance.choice((data[:place] + other + data[place:], other + data, data + other))


def emptied(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + bytes(chance.randrange(1, 400)) + data[place + chance.randrange(400) :]


def repacked(data: bytes, chance: random.Random) -> bytes:
    """A part of an archive damaged behind a sound check sum; what is no archive is flipped."""
    if not data.startswith(b"PK"):
        return flipped(data, chance)
    parts = parts_of(data)
    name = chance.choice(sorted(parts))
    text = parts[name]
    raw = text.encode() if isinstance(text, str) else text
    declared = raw.replace(b"?>", b"?>" + chance.choice(ENTITIES).encode(), 1).replace(b"</", b"&x;</", 1)
    deep = raw[: len(raw) // 2] + b"<a>" * 20_000 + raw[len(raw) // 2 :]
    parts[name] = chance.choice((declared, deep, truncated(raw or b"x", chance), flipped(raw or b"x", chance), b""))
    if chance.random() < 0.1:
        del parts[name]
    return archive(parts)


WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (truncated, flipped, spliced, emptied, repacked)


def bombs() -> Iterator[Bad]:
    """What is small and becomes large, and what claims to be large."""
    zeros = archive(
        {"xl/worksheets/sheet1.xml": b"<c>" * 30_000_000, "[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<a/>"}
    )
    yield Bad("bomb: 90 MB in one sheet", "bom.xlsx", zeros)
    cell = parts_of(sound()["xlsx"])
    cell["xl/worksheets/sheet1.xml"] = bytes(cell["xl/worksheets/sheet1.xml"]).replace(b'r="A1"', b'r="XFD1048576"')  # type: ignore[arg-type]
    yield Bad("bomb: the last cell there is", "o.xlsx", archive(cell))
    nested = archive({"a.zip": archive({"b.zip": archive({"c.csv": b"a,b\n" * 1_000_000})})})
    yield Bad("bomb: archives in archives", "long.zip", nested)
    yield Bad("bomb: many entries", "nhieu.zip", archive({f"{n}.csv": "a" for n in range(3000)}))
    yield Bad("bomb: a path that climbs", "leo.zip", archive({"../../../tmp/x.csv": "a", "/etc/x.csv": "b"}))
    yield Bad("bomb: pixels", "lon.png", flood())
    yield Bad(
        "bomb: text in a png",
        "chu.png",
        png()[:33] + chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(9_000_000))) + png()[33:],
    )
    yield Bad("bomb: one line of a csv", "dong.csv", b"a" * 3_000_000)
    yield Bad("bomb: quotes of a csv", "ngoac.csv", b'"' * 100_001)
    yield Bad("bomb: UTF-16 halves", "utf16.csv", b"\xff\xfe\x00\xd8\x0a")
    yield Bad("bomb: NUL", "nul.csv", b"a,b\n\0\0,\0\n")
    for place, entity in enumerate(ENTITIES):
        for name in ("docx", "xlsx", "form.docx"):
            parts = parts_of(sound()[name])
            main = "word/document.xml" if name.endswith("docx") else "xl/workbook.xml"
            parts[main] = bytes(parts[main]).replace(b"?>", b"?>" + entity.encode(), 1).replace(b"</", b"&x;</", 1)  # type: ignore[arg-type]
            yield Bad(f"entities {place} in {name}", f"x.{name}", archive(parts))


def chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def corpus(count: int, seed: int = 20261126) -> Iterator[Bad]:
    """The bombs, then as many damaged files as are wanted."""
    chance, kinds = random.Random(seed), sorted(sound())
    yield from bombs()
    for number in range(count):
        kind, way = kinds[number % len(kinds)], WAYS[number // len(kinds) % len(WAYS)]
        ending = kind if chance.random() < 0.6 else chance.choice(ENDINGS)
        yield Bad(f"{number}: {way.__name__} {kind} as {ending}", f"tep.{ending}", way(sound()[kind], chance))
