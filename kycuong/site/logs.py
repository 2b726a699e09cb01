"""What the server writes to standard error: a line with its time, its weight and the id of the request; or JSON."""

from __future__ import annotations

from typing import Any

from .environment import env, switch

FORM = env(
    "KYCUONG_LOG",
    "Nhật ký máy chủ viết thành dòng chữ (text) hay JSON mỗi dòng một đối tượng (json). (The server's log as lines of text, or as JSON.)",
    default="text",
)
REQUESTS = switch(
    "KYCUONG_LOG_REQUESTS",
    "1 để ghi mỗi yêu cầu một dòng: loại trang, mã tài khoản, kết quả, thời gian; không ghi địa chỉ, từ khóa hay họ tên. (1 writes a line "
    "for each request: kind of page, id of the account, outcome, time; no address, no words, no name.)",
    default=False,
)
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "kycuong.core.request_id.RequestIdFilter"}},
    "formatters": {"line": {"()": "kycuong.core.lines.Json" if FORM == "json" else "kycuong.core.lines.Line"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": []},
        "django.request": {"level": "ERROR"},  # a missing page is no news
        "kycuong.access": {"level": "INFO" if REQUESTS else "WARNING"},
        "kycuong.security": {"level": "INFO"},
    },
}
