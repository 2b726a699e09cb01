"""Looks at an uploaded file before anything parses it: its size, its kind by content, and what its zip would unfold to."""

from __future__ import annotations

import io
import zipfile
from typing import Literal, NoReturn

from kycuong.core.archives import UNREADABLE, Reason, Unsound, sound_names
from kycuong.core.problems import BadInput

Kind = Literal["xlsx", "xls", "ods", "csv"]

MAX_BYTES = 10 * 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = ("xl/media/", "Pictures/")
"""Parts that no parser of ours opens; an SVG among them may rightly have a DOCTYPE."""
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"

ENCRYPTED = (
    "Tệp có đặt mật khẩu nên không đọc được. Hãy mở bằng Excel, bỏ mật khẩu (Tệp → Thông tin → Bảo vệ sổ làm việc), "
    "lưu lại rồi tải lên.",
    "The file is protected by a password. Open it in Excel, remove the password, save it and upload it again.",
)
BROKEN = (
    "Tệp bị hỏng hoặc chưa tải lên hết. Hãy mở thử bằng Excel, lưu lại dạng .xlsx rồi tải lên.",
    "The file is damaged or was not uploaded whole. Open it in Excel, save it as .xlsx and upload it again.",
)
UNFOLDS = (
    "Tệp giải nén ra quá lớn nên không được mở. Hãy chép phần bảng cần nhập sang một tệp mới, lưu dạng .xlsx rồi tải lên.",
    "The file would unfold to far too much data. Copy the table that is needed into a new file, save it as .xlsx and upload that.",
)
ENTITIES = (
    "Tệp chứa khai báo XML (DOCTYPE) không được phép trong bảng tính. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi tải lên.",
    "The file holds an XML declaration (DOCTYPE) that no spreadsheet needs. Open it in Excel, save it as .xlsx and upload it again.",
)
KNOWN_STRANGERS = {
    b"%PDF": ("tệp PDF", "a PDF file"),
    b"\x89PNG": ("tệp ảnh", "a picture"),
    b"\xff\xd8\xff": ("tệp ảnh", "a picture"),
    b"Rar!": ("tệp nén RAR", "a RAR archive"),
    b"7z\xbc\xaf": ("tệp nén 7z", "a 7z archive"),
    b"\x1f\x8b": ("tệp nén gzip", "a gzip archive"),
    b"{\\rtf": ("văn bản RTF", "an RTF document"),
}


def refuse(sentences: tuple[str, str]) -> NoReturn:
    raise BadInput(sentences[0], en=sentences[1])


def refuse_kind(what: tuple[str, str]) -> NoReturn:
    raise BadInput(
        f"Đây là {what[0]}, không phải bảng tính. Hãy mở bảng bằng Excel, chọn Lưu dưới dạng → Sổ làm việc Excel (.xlsx) rồi tải lên.",
        en=f"This is {what[1]}, not a spreadsheet. Open the table in Excel, choose Save as → Excel workbook (.xlsx) and upload that.",
    )


def inspect_upload(data: bytes) -> Kind:
    """The kind of the file by its content, or BadInput with the reason. The name of the file is not trusted."""
    if not data:
        raise BadInput("Tệp rỗng. Hãy chọn lại tệp.", en="The file is empty. Choose the file again.")
    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1024**2:.1f} MB"
        raise BadInput(
            f"Tệp nặng {size.replace('.', ',')}, quá mức 10 MB. Hãy bỏ hình ảnh hoặc chia thành nhiều tệp nhỏ hơn.",
            en=f"The file is {size}, over the limit of 10 MB. Remove pictures or split it into smaller files.",
        )
    if data.startswith(b"PK"):
        return _inspect_zip(data)
    if data.startswith(OLE):
        return _inspect_ole(data)
    return _inspect_text(data)


def _inspect_ole(data: bytes) -> Kind:
    if _wide("EncryptedPackage") in data:
        refuse(ENCRYPTED)
    if _wide("WordDocument") in data:
        refuse_kind(("văn bản Word", "a Word document"))
    if _wide("PowerPoint Document") in data:
        refuse_kind(("tệp trình chiếu", "a presentation"))
    if _wide("Workbook") not in data and _wide("Book") not in data:
        refuse(BROKEN)
    return "xls"


def _wide(name: str) -> bytes:
    return name.encode("utf-16-le")


def _inspect_text(data: bytes) -> Kind:
    for magic, what in KNOWN_STRANGERS.items():
        if data.startswith(magic):
            refuse_kind(what)
    start = data[:2048].lstrip(b"\xef\xbb\xbf\r\n\t ").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head")) or b"<html" in start:
        refuse_kind(("trang web hoặc XML được đổi đuôi tên", "a web page or XML under another name"))
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        refuse_kind(("tệp không rõ loại", "a file of an unknown kind"))
    return "csv"


UNSOUND: dict[Reason, tuple[str, str]] = {
    "unfolds": UNFOLDS,
    "encrypted": ENCRYPTED,
    "broken": BROKEN,
    "entities": ENTITIES,
}


def _inspect_zip(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = sound_names(archive, packed=len(data), pictures=PICTURES)
            return _kind_of_zip(archive, names)
    except Unsound as unsound:
        refuse(UNSOUND[unsound.reason])
    except UNREADABLE:
        refuse(BROKEN)


def _kind_of_zip(archive: zipfile.ZipFile, names: set[str]) -> Kind:
    if "mimetype" in names and archive.read("mimetype").strip() == ODS_TYPE:
        manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
        if b"encryption-data" in manifest:
            refuse(ENCRYPTED)
        return "ods"
    if "word/document.xml" in names:
        refuse_kind(("văn bản Word", "a Word document"))
    if "[Content_Types].xml" not in names:
        refuse_kind(("tệp nén ZIP", "a ZIP archive"))
    if "xl/workbook.bin" in names:
        refuse_kind(("bảng tính nhị phân .xlsb", "a binary .xlsb workbook"))
    if not any(name.startswith("xl/") for name in names):
        refuse_kind(("tệp Office khác", "another kind of Office file"))
    return "xlsx"
