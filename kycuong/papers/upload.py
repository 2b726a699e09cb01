"""Bytes that somebody sent are looked at by the confined process: its answer, or one clear sentence."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from kycuong.core.archives import UNREADABLE, Unsound, sound_names
from kycuong.core.problems import BadInput

from .deviation import Deviation

MAX_BYTES = 10 * 1024 * 1024
WALL_SECONDS = 30
ROOT = Path(__file__).resolve().parents[2]
PICTURES = ("word/media/",)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

SENTENCES = {
    "empty": ("Tệp rỗng. Hãy chọn lại tệp.", "The file is empty. Choose the file again."),
    "large": (
        "Tệp quá 10 MB. Hãy bỏ bớt hình ảnh rồi tải lên lại.",
        "The file is over 10 MB. Remove pictures and upload it again.",
    ),
    "old": (
        "Đây là văn bản Word dạng cũ (.doc) hoặc có đặt mật khẩu. Hãy mở bằng Word, bỏ mật khẩu nếu có, chọn Lưu dưới dạng → Tài "
        "liệu Word (.docx) rồi tải lên.",
        "This is an old Word file (.doc) or one with a password. Open it in Word, save it as .docx without a password, upload that.",
    ),
    "stranger": (
        "Đây không phải văn bản Word dạng .docx. Hãy chọn tệp .docx; văn bản loại khác thì mở bằng Word và lưu dưới dạng .docx.",
        "This is not a Word document of the kind .docx. Choose a .docx file; save other documents as .docx in Word.",
    ),
    "encrypted": (
        "Tệp có đặt mật khẩu nên không đọc được. Hãy mở bằng Word, bỏ mật khẩu, lưu lại rồi tải lên.",
        "The file is protected by a password. Open it in Word, remove the password, save it and upload it again.",
    ),
    "broken": (
        "Tệp bị hỏng hoặc chưa tải lên hết. Hãy mở thử bằng Word, lưu lại dạng .docx rồi tải lên.",
        "The file is damaged or was not uploaded whole. Open it in Word, save it as .docx and upload it again.",
    ),
    "unfolds": (
        "Tệp giải nén ra quá lớn nên không được mở. Hãy chép nội dung sang một tệp mới rồi tải lên.",
        "The file would unfold to far too much data. Copy its content into a new file and upload that.",
    ),
    "entities": (
        "Tệp chứa khai báo XML (DOCTYPE) không được phép trong văn bản Word. Hãy mở bằng Word, lưu lại rồi tải lên.",
        "The file holds an XML declaration (DOCTYPE) that no document needs. Save it again in Word and upload that.",
    ),
    "unseen": (
        "Mẫu Word riêng không cho thấy hết nội dung của văn bản này (thiếu chỗ điền, hoặc chữ bị ẩn, quá nhạt, quá nhỏ). Hãy sửa mẫu rồi gửi lại.",
        "The office's own Word file would not show all that this paper says: a place is missing, or letters are hidden, pale or tiny. Mend it and send it again.",
    ),
    "unfit": (
        "Mẫu Word riêng có phần mà quy định hiện nay không nhận nữa. Hãy gửi lại mẫu ở trang «Mẫu Word» để xem phải sửa gì.",
        "The office's own Word file holds what is no longer taken. Send it again to see what must be mended.",
    ),
    "heavy": (
        "Văn bản quá dài hoặc quá nặng để đọc. Hãy tách phụ lục ra tệp riêng rồi tải lên lại.",
        "The document is too long or too heavy to read. Move its annexes into a file of their own and upload it again.",
    ),
}


def check_word_file(data: bytes, filename: str) -> list[Deviation]:
    """Where the file is not as the decree wants it, found by the confined process. BadInput when it cannot be read."""
    return [Deviation(**one) for one in read_word_file(data, filename)["deviations"]]


def read_word_file(data: bytes, filename: str) -> dict[str, Any]:
    """What the file looks like. BadInput, naming the file, when it cannot be read."""
    with in_words(filename):
        ensure_word(data)
        return asked("check", data)


@contextmanager
def in_words(filename: str) -> Iterator[None]:
    """What is refused meanwhile names the file."""
    name = filename.replace("\\", "/").rsplit("/", 1)[-1][:100] or "?"
    try:
        yield
    except BadInput as problem:
        raise BadInput(f"{name}: {problem.vi}", en=f"{name}: {problem.en}") from problem


def _refuse(reason: str) -> NoReturn:
    vi, en = SENTENCES[reason]
    raise BadInput(vi, en=en)


def ensure_word(data: bytes) -> None:
    """By its content: the name of a file is not trusted."""
    if not data:
        _refuse("empty")
    if len(data) > MAX_BYTES:
        _refuse("large")
    if data.startswith(OLE):
        _refuse("old")
    if not data.startswith(b"PK"):
        _refuse("stranger")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = sound_names(archive, packed=len(data), pictures=PICTURES)
    except Unsound as unsound:
        _refuse(unsound.reason)
    except UNREADABLE:
        _refuse("broken")
    if "word/document.xml" not in names:
        _refuse("stranger")


def asked(what: str, data: bytes, told: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the confined process made of it, and of what else it is `told`. Files stand in for pipes, so that its output has a limit
    of its own."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(json.dumps(told or {}).encode() + b"\n" + data)
        given.seek(0)
        try:
            # The child needs no secret of the server: it gets an environment of its own.
            done = subprocess.run(
                [sys.executable, "-m", "kycuong.papers.child", what],
                stdin=given,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
                env={"PYTHONPATH": str(ROOT), "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"},
                timeout=WALL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            _refuse("heavy")
        if done.returncode:
            _refuse("heavy" if done.returncode < 0 else "broken")
        answer.seek(0)
        found: dict[str, Any] = json.loads(answer.read())
    if reason := found.get("refused"):
        _refuse(reason)
    return found
