"""Time-stamps of checkpoints (RFC 3161): an authority outside signs that it saw a checkpoint at a moment. What it answered is kept as it came, so that
`openssl ts -verify` tells the same without this program."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate, load_der_x509_certificate, load_pem_x509_certificates
from cryptography.x509.oid import NameOID
from django.conf import settings
from rfc3161_client import (
    HashAlgorithm,
    TimeStampRequest,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

APART = timedelta(minutes=5)
"""By which two clocks may differ before somebody must look at them."""


class Stamped(NamedTuple):
    """When, by the clock of the authority, and by which name its certificate goes; whether this server's clock said something else."""

    at: datetime
    by: str
    apart: bool = False


class BadStamp(ValueError):
    """What came back proves nothing; in two languages why."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        self.vi, self.en = vi, en


class NoCertificate(BadStamp):
    """There is nothing to check by: that says nothing about any time-stamp."""

    def __init__(self) -> None:
        super().__init__(
            "không đọc được tệp chứng thư của cơ quan cấp dấu thời gian; hãy xem lại KYCUONG_TSA_CERTIFICATE (tệp PEM)",
            "the certificates of the time-stamping authority cannot be read; look at KYCUONG_TSA_CERTIFICATE (a PEM file)",
        )


def question(note: str) -> TimeStampRequest:
    """What is asked for a checkpoint: its SHA-256 alone goes out, with a nonce of this once."""
    return TimestampRequestBuilder(note.encode(), HashAlgorithm.SHA256).build()


def named() -> list[Certificate]:
    """The certificates of KYCUONG_TSA_CERTIFICATE; NoCertificate when they cannot be read."""
    return _certificates(Path(settings.TSA_CERTIFICATE))


def believed() -> list[Certificate]:
    """Those that the settings name, and those that were named before and kept beside the keys: an authority that was replaced, a machine
    that was restored without the file. NoCertificate when there is neither."""
    found: list[Certificate] = []
    for place in (Path(settings.TSA_CERTIFICATE or settings.TSA_KEPT), settings.TSA_KEPT):
        with suppress(NoCertificate):
            found += [one for one in _certificates(place) if one not in found]
    if not found:
        raise NoCertificate
    return found


def keep_certificates() -> None:
    """Add what the settings name to the copy in KYCUONG_HOME, which backups bring along: by it what is stamped is still checked elsewhere,
    and after another authority took its place."""
    kept = settings.TSA_KEPT
    before = _certificates(kept) if kept.exists() else []
    if new := [one for one in named() if one not in before]:
        draft = kept.with_name(f".{kept.name}.new")
        draft.write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in (*before, *new)))
        os.replace(draft, kept)


def _certificates(path: Path) -> list[Certificate]:
    try:
        return load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError):
        raise NoCertificate from None


def stamped(reply: bytes, note: str, certificates: Sequence[Certificate], *, nonce: int | None = None) -> Stamped:
    """When the authority saw this checkpoint; BadStamp when the reply does not prove it: other hash, other nonce, not granted, not signed
    under one of the certificates, or under one that was not valid then."""
    answer = _read(reply)
    signer = _signer(answer)
    roots = [one for one in certificates if one.subject == one.issuer] or list(certificates)
    between = [one for one in certificates if one not in roots]
    why = ""
    for root in roots:  # one by one: an authority that renews its root gives it the same name again
        checker = VerifierBuilder(roots=[root], intermediates=between, nonce=nonce).build()
        try:
            checker.verify_message(answer, note.encode())
        except (VerificationError, ValueError) as error:
            why = why or str(error)
        else:
            return Stamped(answer.tst_info.gen_time, _name(signer))
    raise _unproven(why)


def _read(reply: bytes) -> TimeStampResponse:
    try:
        answer = decode_timestamp_response(reply)
    except ValueError:
        raise BadStamp(
            "câu trả lời không phải dấu thời gian RFC 3161", "the answer is no RFC 3161 time-stamp"
        ) from None
    if answer.status == 1:
        raise BadStamp(
            "cơ quan cấp dấu thời gian chỉ chấp nhận với thay đổi (grantedWithMods), nên không dùng được",
            "the authority granted something else than was asked (grantedWithMods)",
        )
    if answer.status != 0:
        raise BadStamp(
            "cơ quan cấp dấu thời gian từ chối yêu cầu", "the time-stamping authority did not grant the request"
        )
    return answer


def _unproven(why: str) -> BadStamp:
    if "Nonce" in why:
        return BadStamp(
            "dấu thời gian trả lời một yêu cầu khác (nonce không khớp)", "it answers another request (wrong nonce)"
        )
    if "Mismatch between messages" in why:
        return BadStamp(
            "dấu thời gian là của một mốc khác (mã băm không khớp)", "it is of another checkpoint (wrong hash)"
        )
    if not any(one in why for one in ("verifying certificates", "EKU")):
        return BadStamp(f"không kiểm được dấu thời gian ({why})", f"it cannot be checked ({why})")
    return BadStamp(
        "chữ ký trên dấu thời gian không do chứng thư trong KYCUONG_TSA_CERTIFICATE bảo đảm, hoặc chứng thư không có hiệu lực lúc ấy",
        "it is not signed under a certificate of KYCUONG_TSA_CERTIFICATE, or that was not valid at the time",
    )


def _signer(answer: TimeStampResponse) -> Certificate:
    """Whose signature it is. Certificates that come along are under no signature: with two of one issuer and number, either could be
    meant by whoever put the other there, so that nobody is named."""
    found = {
        one
        for signer in answer.signed_data.signer_infos
        for one in map(load_der_x509_certificate, answer.signed_data.certificates)
        if (one.issuer, one.serial_number) == (signer.issuer, signer.serial_number)
    }
    if len(found) != 1:
        raise BadStamp(
            "không rõ dấu thời gian do ai ký: chứng thư của người ký không có, hoặc có hai bản khác nhau",
            "whose signature it is cannot be told: the signer's certificate is not there, or there are two that differ",
        )
    return found.pop()


def _name(signer: Certificate) -> str:
    """Common name, else the whole subject."""
    names = signer.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else signer.subject.rfc4514_string()


def are_apart(found: datetime, ours: datetime) -> bool:
    """Whether the authority's clock and ours say so different a time that one of both is wrong; nobody here knows which."""
    return abs(found - ours) > APART
