"""What bytes from outside may do to each reader: be refused in words, or be read so that what was read holds (tests/trust/fuzz.py)."""

from __future__ import annotations

import io
import json
import re
import warnings
import zipfile
from contextlib import suppress
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import override_settings

from kycuong.audit import notes
from kycuong.audit import receipts as audit_receipts
from kycuong.audit.canonical import dumps
from kycuong.audit.merkle import Frontier, leaf_hash
from kycuong.core.problems import Problem
from kycuong.field.rules import ops as field_ops
from kycuong.field.rules import values as field_values
from kycuong.field.rules.spelling import spelled, written
from kycuong.files import decoder
from kycuong.files.rules import PHOTOS, kind_of
from kycuong.papers import parts, upload, vetting
from kycuong.papers.starting import starting_file
from kycuong.sheets import preflight, reader
from tests.audit import ledger
from tests.papers.samples import minutes

PIXELS = 2_000_000
NOT_JSON = (ValueError, RecursionError)


def loaded(data: bytes) -> Any:
    """What a request would hold, or None."""
    try:
        return json.loads(data)
    except NOT_JSON:
        return None


def ops(data: bytes) -> None:
    """An op is none, or it is kept as it was said: what is kept reads back the same, and its hash is the hash of its spelling."""
    raw = loaded(data)
    op = field_ops.read_op(raw)
    if op is None:
        assert raw is None or field_ops.misshapen(raw)
        return
    assert json.loads(op.body) == raw
    assert json.loads(written(raw)) == raw
    assert spelled(json.loads(op.body)) == op.body
    assert (str(op.uid), str(op.visit), str(op.author)) == (raw["op_id"], raw["visit"], raw["author"])
    assert 1 <= op.seq <= field_ops.LARGEST_SEQ
    field_values.moment_of(op.wall)
    judged(op.value)


def values(data: bytes) -> None:
    judged(loaded(data))


def judged(value: Any) -> None:
    """Each kind of value is taken or refused in words, whatever it is."""
    for read in (
        field_values.headcount_of_value,
        field_values.finding_of_value,
        field_values.hour_of,
        field_values.text_of,
    ):
        with suppress(Problem):
            read(value)


def canonical(data: bytes) -> None:
    """One spelling for one value: what is written reads back the same, and is written the same again."""
    value = loaded(data)
    try:
        text = dumps(value)
    except (TypeError, ValueError, RecursionError):
        return
    assert json.loads(text) == value
    assert dumps(json.loads(text)) == text


@cache
def log() -> tuple[notes.LogKey, list[bytes], str]:
    """A log of five entries: its key, what they say, and the note that was signed last."""
    private = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    key = notes.LogKey("thu.example", private.public_key(), private)
    entries = [dumps({"seq": number, "v": 1}) for number in range(5)]
    tree = Frontier()
    for entry in entries:
        tree.append(leaf_hash(entry))
    return key, entries, key.sign(notes.Checkpoint(key.name, tree.size, tree.root()))


def receipts(data: bytes) -> None:
    """Whatever stands above a note that was truly signed: both readers refuse it, or it is an entry of that log; what both take they take for the same."""
    key, entries, note = log()
    text = f"{data.decode(errors='replace')}\n\n{note}"
    with override_settings(CHECKPOINT_KEY=key.vkey):
        try:
            number, leaf, _note = audit_receipts._read(text)
        except notes.BadNote:
            number, leaf = -1, b""
    try:
        other = {kind: (at, said) for kind, at, said in verifier().opened(text, [key.vkey])}.get("leaf")
    except (ValueError, LookupError, TypeError):
        other = None
    if number >= 0 and text.startswith(audit_receipts.PROOF):
        assert leaf == leaf_hash(entries[number])
    if other is not None and text.startswith(audit_receipts.PROOF):
        assert other[1] == leaf_hash(entries[other[0]])
    if number >= 0 and other is not None:
        assert other == (number, leaf)


@cache
def verifier() -> Any:
    """The program that stands alone. The note is the same each time: its signature is looked at once."""
    program = ledger.verifier()
    program.signed = cache(program.signed)
    return program


def sheets(data: bytes) -> None:
    """The kind of a spreadsheet, or a sentence."""
    with suppress(Problem):
        assert preflight.inspect_upload(data) in ("xlsx", "xls", "ods", "csv")


def tables(data: bytes) -> None:
    """A table of text: read, or refused in words."""
    with suppress(Problem):
        if preflight.inspect_upload(data) == "csv":
            book = reader.from_csv(data, "bảng.csv")
            assert book.sheets


def photos(data: bytes) -> None:
    """The decoder answers of itself: nothing that it does not foresee is raised, and what it shows is a photo without anything else in it."""
    try:
        kind = kind_of(data)
    except Problem:
        return
    if kind in PHOTOS:
        warnings.simplefilter("ignore")  # in the confined process they go nowhere
        told, shown, thumbnail = decoder.answer(data, kind.value, PIXELS)
        assert "refused" in told or (shown[:2] == thumbnail[:2] == b"\xff\xd8" and told["width"] > 0)


OUTSIDE = re.compile(
    rb"TargetMode\s*=\s*[\"']External|<\w*:?(?:altChunk|object|control|OLEObject|subDoc)\b", re.IGNORECASE
)


def templates(data: bytes) -> None:
    """An office's own Word file whose main part is these bytes: unreadable, faulty, or without anything that reaches outside."""
    file = with_body(data)
    try:
        upload.ensure_word(file)
    except Problem:
        return
    try:
        faults = vetting.vet(file, [])
    except Exception:
        return
    assert faults or not OUTSIDE.search(data)
    try:
        parts.opened(file)
    except Exception as error:
        raise AssertionError("what was vetted cannot be opened") from error


@cache
def around() -> dict[str, bytes]:
    """The parts of a sound form."""
    with zipfile.ZipFile(io.BytesIO(starting_file(minutes()))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_body(body: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in {**around(), "word/document.xml": body}.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()
