"""What is refused before anything parses it: bombs, passwords, other kinds of files under a spreadsheet's name."""

from __future__ import annotations

import io
import struct
import time
import zipfile

import pytest

from kycuong.core.problems import BadInput
from kycuong.sheets.preflight import MAX_BYTES, OLE, inspect_upload
from tests.sheets.files import ods_file, refusal, repacked, xls_file, xlsx_file, zipped


def sentence(data: bytes) -> str:
    with pytest.raises(BadInput) as refused:
        inspect_upload(data)
    assert refused.value.en
    return refused.value.vi


def in_words(value: str | bytes) -> str:
    """Bytes of a zip carry the moment: no two processes would call the test alike."""
    return value if isinstance(value, str) else ""


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Tệp rỗng"),
        (b"x" * (MAX_BYTES + 1), "quá mức 10 MB"),
        (b"%PDF-1.7 ...", "tệp PDF"),
        (b"\x89PNG\r\n\x1a\n", "tệp ảnh"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"{\\rtf1 Danh s\\'e1ch}", "RTF"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "trang web hoặc XML"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><p>", "trang web hoặc XML"),
        (b'<?xml version="1.0"?><Workbook/>', "trang web hoặc XML"),
        (b"MZ\x90\0\3\0\0\0", "không rõ loại"),
        (zipped({"a.txt": "xin chào"}), "tệp nén ZIP"),
        (zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}), "văn bản Word"),
        (zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\1"}), ".xlsb"),
        (zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}), "tệp Office khác"),
        (OLE + b"\0" * 600, "hỏng"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (OLE + "WordDocument".encode("utf-16-le"), "văn bản Word"),
        (xlsx_file()[:-60], "hỏng"),
        (b"PK\3\4" + b"\xff" * 100, "hỏng"),
    ],
    ids=in_words,
)
def test_each_stranger_has_its_sentence(data: bytes, words: str) -> None:
    assert words in sentence(data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [(xlsx_file(), "xlsx"), (xls_file(), "xls"), (ods_file(), "ods"), (b"a;b\n1;2", "csv")],
    ids=in_words,
)
def test_the_kind_is_told_by_content(data: bytes, kind: str) -> None:
    assert inspect_upload(data) == kind


def test_a_bomb_is_refused_at_once() -> None:
    began = time.monotonic()
    bomb = repacked(xlsx_file(), {"xl/worksheets/sheet1.xml": b"<c/>" * (40 * 1024 * 1024)})
    assert len(bomb) < 1024 * 1024
    built = time.monotonic()
    assert "quá lớn" in sentence(bomb)
    assert time.monotonic() - built < max(2.0, built - began)


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(zipped({"[Content_Types].xml": "<Types/>", "xl/a.xml": b"0" * (30 * 1024 * 1024)}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        entry = archive.getinfo("xl/a.xml")
    # The size in the central directory and in the local header says ten bytes.
    at = data.rfind(b"PK\1\2")
    data[at + 24 : at + 28] = struct.pack("<L", 10)
    data[entry.header_offset + 22 : entry.header_offset + 26] = struct.pack("<L", 10)
    assert sentence(bytes(data))


def test_too_many_parts_are_refused() -> None:
    parts = {"[Content_Types].xml": "<Types/>", **{f"xl/{number}.xml": "" for number in range(600)}}
    assert "quá lớn" in sentence(zipped(parts))


def test_two_parts_of_one_name_are_refused() -> None:
    buffer = io.BytesIO(xlsx_file())
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert "hỏng" in sentence(buffer.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_any_encoding(encoding: str) -> None:
    evil = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'.encode(encoding)
    assert "DOCTYPE" in sentence(repacked(xlsx_file(), {"xl/sharedStrings.xml": evil}))


def test_an_encrypted_zip_is_said_to_have_a_password() -> None:
    data = bytearray(xlsx_file())
    at = data.find(b"PK\1\2")
    data[at + 8] |= 1
    assert "mật khẩu" in sentence(bytes(data))


def test_an_encrypted_open_document_is_said_to_have_a_password() -> None:
    manifest = b"<manifest><encryption-data/></manifest>"
    assert "mật khẩu" in sentence(repacked(ods_file(), {"META-INF/manifest.xml": manifest}))


def test_a_refusal_names_the_file() -> None:
    assert refusal(b"", "danh-sach.xlsx").vi.startswith("danh-sach.xlsx: ")
