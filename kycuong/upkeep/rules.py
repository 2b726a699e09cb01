"""What a check of the installation may find: a word on what is so, and what to do where that is not good."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Good; to be looked at (nothing is lost yet); or at fault."""

    GOOD = "good"
    WARNING = "warning"
    FAULT = "fault"


TITLES = {
    "connection": "Kết nối cơ sở dữ liệu",
    "database": "Cơ sở dữ liệu",
    "tables": "Bảng dữ liệu",
    "disk": "Ổ đĩa",
    "keys": "Khóa bí mật",
    "clock": "Đồng hồ",
    "walls": "Rào chắn",
    "checkpoint": "Mốc kiểm chứng",
    "cells": "Số liệu cả nước",
    "backup": "Sao lưu",
    "drill": "Diễn tập phục hồi",
    "tick": "Việc chạy nền",
    "mail": "Thư",
    "days-off": "Lịch nghỉ",
    "pdf": "Phông chữ PDF",
    "address": "Địa chỉ, HTTPS",
    "proxies": "Proxy phía trước",
    "sources": "Mã nguồn",
    "django": "Cấu hình",
    "demonstration": "Tài khoản minh họa",
    "administrators": "Quản trị hệ thống",
    "passwords": "Mật khẩu tạm",
    "contact": "Nơi báo lỗ hổng",
    "beginning": "Giờ đầu",
}
"""Code → what it is called on the page."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: the code of what was looked at, how it stands, the cure in both languages where it is not good."""

    code: str
    state: State
    vi: str
    en: str
    cure_vi: str = ""
    cure_en: str = ""

    @property
    def title(self) -> str:
        return TITLES[self.code]


def good(code: str, vi: str, en: str) -> Finding:
    return Finding(code, State.GOOD, vi, en)


def warning(code: str, vi: str, en: str, cure_vi: str, cure_en: str) -> Finding:
    return Finding(code, State.WARNING, vi, en, cure_vi, cure_en)


def fault(code: str, vi: str, en: str, cure_vi: str, cure_en: str) -> Finding:
    return Finding(code, State.FAULT, vi, en, cure_vi, cure_en)


WORST = (State.GOOD, State.WARNING, State.FAULT)


def worst(findings: list[Finding]) -> State:
    """The worst of them; good when there is none."""
    return max((one.state for one in findings), key=WORST.index, default=State.GOOD)
