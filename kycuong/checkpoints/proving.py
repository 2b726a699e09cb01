"""The line to the time-stamping authority that the settings name: one address, no redirect, a bounded answer in bounded time."""

from __future__ import annotations

from http.client import HTTPException
from queue import Empty, Queue
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from django.conf import settings

from kycuong.audit.proving import BadStamp

SECONDS, MOST_BYTES = 10, 100_000
QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"


class _StayHere(HTTPRedirectHandler):
    """What the authority answers is read there and nowhere else."""

    def redirect_request(self, *given: Any) -> None:
        return None


def reply_to(question: bytes) -> bytes:
    """What the authority answers; BadStamp in words when there is no answer, or none that could be one."""
    told: Queue[bytes | Exception] = Queue()
    # In a thread of its own: the timeout of a socket begins anew with every byte that drips in.
    Thread(target=_fetch, args=(question, told), daemon=True).start()
    try:
        answer = told.get(timeout=SECONDS)
    except Empty:
        raise _silent() from None
    if isinstance(answer, HTTPError):
        answer.close()
        raise BadStamp(
            f"cơ quan cấp dấu thời gian trả lời lỗi HTTP {answer.code}",
            f"the authority answers with HTTP {answer.code}",
        )
    if isinstance(answer, TimeoutError):
        raise _silent()
    if isinstance(answer, OSError | HTTPException | ValueError):
        raise BadStamp(
            "không kết nối được cơ quan cấp dấu thời gian; hãy xem lại KYCUONG_TSA và đường mạng",
            "the authority cannot be reached; look at KYCUONG_TSA and the network",
        )
    if isinstance(answer, Exception):
        raise answer
    if len(answer) > MOST_BYTES:
        raise BadStamp("câu trả lời dài bất thường nên không đọc", "the answer is far too long to be one")
    return answer


def _fetch(question: bytes, told: Queue[bytes | Exception]) -> None:
    request = Request(settings.TSA, data=question, headers={"Content-Type": QUERY, "Accept": REPLY})  # noqa: S310 - https, by settings
    try:
        with build_opener(_StayHere, ProxyHandler({})).open(request, timeout=SECONDS) as response:
            told.put(response.read(MOST_BYTES + 1))
    except Exception as error:
        told.put(error)


def _silent() -> BadStamp:
    return BadStamp(
        f"cơ quan cấp dấu thời gian không trả lời trong {SECONDS} giây",
        f"the authority did not answer in {SECONDS} seconds",
    )
