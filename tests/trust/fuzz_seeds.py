"""Where fuzzing begins: sound things of each kind, made here (tests/trust/fuzz.py)."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

from kycuong.audit import receipts
from kycuong.audit.merkle import Frontier, leaf_hash
from tests.trust.corpus import Bad, corpus, sound
from tests.trust.fuzz_queries import ADDRESSES
from tests.trust.fuzz_targets import around, log

UID = "0198c0de-0000-7000-8000-00000000000a"
VALUES = (
    None, True, 3, "chữ", "08:30", {"quota": 12, "present": 10, "roll_call_at": "08:30"}, {"description": "Tồn tại", "severity": "minor", "due_on": "2026-01-31"},
    {"answer": "pass", "note": "Đạt"}, {"sha256": "0" * 64, "size": 9, "mime": "image/jpeg", "gps": {"lat": 21.8, "lon": 106.7}}, [1, [2, [3]]],
)  # fmt: skip
FIELDS = (
    "a/C3",
    "h",
    "t/strengths",
    "t/explanation",
    f"e/{UID}",
    f"f/{UID}",
    f"v/{UID}",
    f"m/{UID}",
    f"s/{UID}",
    f"d/{UID}",
    "st/start",
)
QUERIES = (
    "q=xa&page=2",
    "state=draft&year=2026",
    "sort=-opened_at",
    "from=2026-01-01&to=31/12/2026",
    "unit=so-noi-vu&page=0",
    "page=99999999999999999999",
    "year=%00&q=%FF",
    "limit=5&cursor=abc",
)


def seeds(name: str) -> Iterator[bytes]:
    """Beginnings for one target."""
    made = {
        "ops": said, "values": told, "canonical": told, "receipts": given, "queries": asked, "sheets": files, "tables": files, "photos": photos,
        "templates": bodies,
    }  # fmt: skip
    return made[name]()


def said() -> Iterator[bytes]:
    for number, field in enumerate(FIELDS):
        op = {
            "op_id": UID, "seq": number + 1, "visit": UID, "field": field, "value": VALUES[number % len(VALUES)], "base": [UID], "form": "", "wall": 1_760_000_000_000,
            "mono": 5.5, "boot": "b", "author": UID, "deleted": False, "gps": None,
        }  # fmt: skip
        yield json.dumps(op).encode()


def told() -> Iterator[bytes]:
    for value in VALUES:
        yield json.dumps(value).encode()
        yield json.dumps({"đ": [value, {"a": value}]}, ensure_ascii=False).encode()


def given() -> Iterator[bytes]:
    """True receipts of the log, in both forms."""
    _key, entries, _note = log()
    hashes = [leaf_hash(one) for one in entries]
    for number, entry in enumerate(entries):
        path = "\n".join(base64.b64encode(one).decode() for one in way(number, hashes))
        yield f"{receipts.PROOF}\nextra {base64.b64encode(entry).decode()}\nindex {number}\n{path}".encode()
        yield f"{receipts.SCANNED}\nleaf {base64.b64encode(hashes[number]).decode()}\nindex {number}".encode()


def way(number: int, hashes: list[bytes]) -> list[bytes]:
    """RFC 9162 §2.1.3: what stands beside the entry, lowest first."""
    if len(hashes) == 1:
        return []
    half = 1 << (len(hashes) - 1).bit_length() - 1
    if number < half:
        return [*way(number, hashes[:half]), root(hashes[half:])]
    return [*way(number - half, hashes[half:]), root(hashes[:half])]


def root(hashes: list[bytes]) -> bytes:
    tree = Frontier()
    for one in hashes:
        tree.append(one)
    return tree.root()


def asked() -> Iterator[bytes]:
    for number in range(len(ADDRESSES)):
        yield bytes([number]) + QUERIES[number % len(QUERIES)].encode()


def files() -> Iterator[bytes]:
    yield from (data for kind, data in sound().items() if kind in ("xlsx", "xls", "csv", "zip", "docx"))
    yield from (bad.data for bad in damaged("csv", "xlsx", "xls"))


def photos() -> Iterator[bytes]:
    yield from (data for kind, data in sound().items() if kind in ("jpg", "png", "webp"))
    yield from (bad.data for bad in damaged("jpg", "png", "webp"))


def damaged(*kinds: str) -> Iterator[Bad]:
    yield from (
        bad for bad in corpus(90) if any(f" {kind} as " in bad.made for kind in kinds) and len(bad.data) < 65_536
    )


def bodies() -> Iterator[bytes]:
    body = around()["word/document.xml"]
    yield body
    for more in (
        b'<w:p><w:r><w:instrText>INCLUDETEXT "/etc/passwd"</w:instrText></w:r></w:p>',
        b"<w:altChunk/>",
        b"<w:p><w:r><w:object/></w:r></w:p>",
    ):
        yield body.replace(b"<w:sectPr", more + b"<w:sectPr", 1)
