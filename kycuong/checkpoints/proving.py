"""The line to the time-stamping authority that the settings name: one address, no redirect, a bounded answer in bounded time."""

from __future__ import annotations

from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request

from django.conf import settings

from kycuong.audit.proving import BadStamp
from kycuong.core.bounded import fetched

SECONDS, MOST_BYTES = 10, 100_000
QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"


def reply_to(question: bytes) -> bytes:
    """What the authority answers; BadStamp in words when there is no answer, or none that could be one."""
    request = Request(settings.TSA, data=question, headers={"Content-Type": QUERY, "Accept": REPLY})  # noqa: S310 - https, by settings
    try:
        answer = fetched(request, ProxyHandler({}), seconds=SECONDS, most=MOST_BYTES + 1)
    except HTTPError as error:
        error.close()
        raise BadStamp(
            f"cơ quan cấp dấu thời gian trả lời lỗi HTTP {error.code}", f"the authority answers with HTTP {error.code}"
        ) from None
    except TimeoutError:
        raise BadStamp(
            f"cơ quan cấp dấu thời gian không trả lời trong {SECONDS} giây",
            f"the authority did not answer in {SECONDS} seconds",
        ) from None
    except (OSError, HTTPException, ValueError):
        raise BadStamp(
            "không kết nối được cơ quan cấp dấu thời gian; hãy xem lại KYCUONG_TSA và đường mạng",
            "the authority cannot be reached; look at KYCUONG_TSA and the network",
        ) from None
    if len(answer) > MOST_BYTES:
        raise BadStamp("câu trả lời dài bất thường nên không đọc", "the answer is far too long to be one")
    return answer
