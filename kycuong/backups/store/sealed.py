"""Encryption to a public key (age, X25519 and ChaCha20-Poly1305): the server can make backups and cannot read them.

The format is age's own (age-encryption.org/v1), so that the `age` program opens a backup, too, without us.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pyrage
from pyrage.x25519 import Identity, Recipient

from kycuong.core.faults import no_room
from kycuong.core.problems import BadInput, RuleBroken


def new_identity() -> tuple[str, str]:
    """A private key as the file holds it, and its public key."""
    identity = Identity.generate()
    public = str(identity.to_public())
    return f"# Kỷ Cương: khóa mở bản sao lưu / opens the backups\n# public key: {public}\n{identity}\n", public


def read_recipient(text: str) -> Recipient:
    """The public key of the setting."""
    try:
        return Recipient.from_str(text.strip())
    except pyrage.RecipientError:
        raise BadInput(
            "Khóa công khai của bản sao lưu không đúng; hãy chép lại dòng age1… mà `./run backup key TỆP` đã in vào KYCUONG_BACKUP_KEY.",
            en="This is no public key of backups; copy the line age1… that `./run backup key FILE` printed into KYCUONG_BACKUP_KEY.",
        ) from None


def read_identity(path: Path) -> Identity:
    """The private key in a file, beside comments."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return Identity.from_str(next(line.strip() for line in lines if line.startswith("AGE-SECRET-KEY-")))
    except (OSError, UnicodeDecodeError, StopIteration, pyrage.IdentityError):
        raise BadInput(
            f"{path} không phải tệp khóa mở bản sao lưu (có dòng AGE-SECRET-KEY-…). Hãy chỉ đúng tệp khóa giữ ngoài máy chủ.",
            en=f"{path} holds no key that opens backups (a line AGE-SECRET-KEY-…). Name the key file that is kept off the server.",
        ) from None


class _Hashing(io.RawIOBase):
    """Writes through, and knows the digest and length of what passed."""

    def __init__(self, inner: IO[bytes]) -> None:
        self.inner, self.digest, self.length = inner, hashlib.sha256(), 0

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        raw = bytes(data)  # type: ignore[call-overload]
        self.inner.write(raw)
        self.digest.update(raw)
        self.length += len(raw)
        return len(raw)

    def flush(self) -> None:
        self.inner.flush()


def mark_of(recipient: Recipient) -> str:
    """A short name of a public key."""
    return hashlib.sha256(str(recipient).encode()).hexdigest()[:12]


def seal_stream(
    source: IO[bytes], target: Path, recipient: Recipient, *, whole: Callable[[], None] = lambda: None
) -> str:
    """Encrypt to a file that gets its name when it is whole, on the disk and read back. Returns the SHA-256 of the file.

    `whole` is asked before it gets its name, and raises when the source broke off.
    """
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            through = _Hashing(file)
            _encrypt(source, through, recipient)
            file.flush()
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)  # what is read back comes from the disk
        whole()
        with open(draft, "rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != through.digest.hexdigest():
                raise RuleBroken(
                    f"Đọc lại {target.name} thì khác lúc ghi: ổ đĩa sao lưu hỏng. Hãy dùng ổ khác.",
                    en=f"{target.name} reads back other than it was written: the disk of backups is failing. Use another one.",
                )
        Path(draft).replace(target)
    finally:
        Path(draft).unlink(missing_ok=True)
    return through.digest.hexdigest()


def _encrypt(source: IO[bytes], target: _Hashing, recipient: Recipient) -> None:
    try:
        pyrage.encrypt_io(source, target, [recipient])
    except (pyrage.EncryptError, OSError) as error:
        raise RuleBroken(
            "Không ghi được bản sao lưu: ổ đĩa sao lưu đầy hoặc mất kết nối. Hãy dọn chỗ hoặc gắn lại ổ rồi chạy lại.",
            en="The backup cannot be written: its disk is full or gone. Make room or mount it again, and run this again.",
        ) from error


def open_sealed(source: Path, target: IO[bytes], identity: Identity) -> None:
    """Decrypt a file; RuleBroken when the key does not fit or a byte of it changed."""
    try:
        with source.open("rb") as file:
            pyrage.decrypt_io(file, target, [identity])
    except (pyrage.DecryptError, OSError) as error:
        if "No space left" in str(error) or getattr(error, "errno", None) in {errno.ENOSPC, errno.EDQUOT}:
            raise no_room() from error
        raise RuleBroken(
            f"Không mở được {source.name}: khóa không đúng, hoặc tệp bị hỏng, bị cắt. Hãy thử khóa khác hoặc bản sao khác.",
            en=f"{source.name} does not open: another key, or a damaged file. Try another key or another copy.",
        ) from error
