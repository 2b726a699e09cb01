"""Time-stamps of checkpoints (RFC 3161): an authority outside signs that it saw a checkpoint at a moment. What it answered is kept as it came, so that
`openssl ts -verify` tells the same without this program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

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
    """When, by the clock of the authority, and by which name its certificate goes."""

    at: datetime
    by: str


class BadStamp(ValueError):
    """What came back proves nothing; in two languages why."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        self.vi, self.en = vi, en


def question(note: str) -> TimeStampRequest:
    """What is asked for a checkpoint: its SHA-256 alone goes out, with a nonce of this once."""
    return TimestampRequestBuilder(note.encode(), HashAlgorithm.SHA256).build()


def believed() -> list[Certificate]:
    """The certificates of KYCUONG_TSA_CERTIFICATE; BadStamp when they cannot be read."""
    try:
        found = load_pem_x509_certificates(Path(settings.TSA_CERTIFICATE).read_bytes())
    except (OSError, ValueError):
        raise BadStamp(
            "không đọc được tệp chứng thư của cơ quan cấp dấu thời gian; hãy xem lại KYCUONG_TSA_CERTIFICATE (tệp PEM)",
            "the certificates of the time-stamping authority cannot be read; look at KYCUONG_TSA_CERTIFICATE (a PEM file)",
        ) from None
    return found


def stamped(reply: bytes, note: str, certificates: Sequence[Certificate], *, nonce: int | None = None) -> Stamped:
    """When the authority saw this checkpoint; BadStamp when the reply does not prove it: other hash, other nonce, not granted, not signed
    under one of the certificates, or under one that was not valid then."""
    answer = _read(reply)
    roots = [one for one in certificates if one.subject == one.issuer] or list(certificates)
    between = [one for one in certificates if one not in roots]
    checker = VerifierBuilder(roots=roots, intermediates=between, nonce=nonce).build()
    try:
        checker.verify_message(answer, note.encode())
    except (VerificationError, ValueError) as error:
        raise _unproven(str(error)) from None
    return Stamped(answer.tst_info.gen_time, _name(answer))


def _read(reply: bytes) -> TimeStampResponse:
    try:
        answer = decode_timestamp_response(reply)
        refused = answer.status not in (0, 1)
    except ValueError:
        raise BadStamp(
            "câu trả lời không phải dấu thời gian RFC 3161", "the answer is no RFC 3161 time-stamp"
        ) from None
    if refused:
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
    return BadStamp(
        "chữ ký trên dấu thời gian không do chứng thư trong KYCUONG_TSA_CERTIFICATE bảo đảm, hoặc chứng thư không có hiệu lực lúc ấy",
        "it is not signed under a certificate of KYCUONG_TSA_CERTIFICATE, or that was not valid at the time",
    )


def _name(answer: TimeStampResponse) -> str:
    """Of the signer's certificate, whose chain was just proved: common name, else the whole subject."""
    for signer in answer.signed_data.signer_infos:
        for one in map(load_der_x509_certificate, answer.signed_data.certificates):
            if (one.issuer, one.serial_number) == (signer.issuer, signer.serial_number):
                names = one.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
                return str(names[0].value) if names else one.subject.rfc4514_string()
    return "TSA"


def ensure_clocks_agree(found: Stamped, now: datetime) -> None:
    """BadStamp when the authority's clock and ours are far apart: one of both is wrong, and nobody here knows which."""
    if abs(found.at - now) > APART:
        raise BadStamp(
            f"đồng hồ của máy chủ và của cơ quan cấp dấu thời gian lệch quá {APART.seconds // 60} phút; hãy chỉnh đồng hồ máy chủ",
            f"the clocks of this server and of the authority differ by more than {APART.seconds // 60} minutes; set the clock",
        )
