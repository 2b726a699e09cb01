"""What a check of the installation may find: a word on what is so, and what to do where that is not good."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from kycuong.core.speaking import told


class State(StrEnum):
    """Good; to be looked at (nothing is lost yet); or at fault."""

    GOOD = "good"
    WARNING = "warning"
    FAULT = "fault"


TITLES = {
    "connection": _("Kết nối cơ sở dữ liệu"),
    "database": _("Cơ sở dữ liệu"),
    "tables": _("Bảng dữ liệu"),
    "disk": _("Ổ đĩa"),
    "keys": _("Khóa bí mật"),
    "clock": _("Đồng hồ"),
    "walls": _("Rào chắn"),
    "checkpoint": _("Mốc kiểm chứng"),
    "cells": _("Ô số liệu"),
    "backup": _("Sao lưu"),
    "drill": _("Diễn tập phục hồi"),
    "tick": _("Việc chạy nền"),
    "mail": _("Thư"),
    "days-off": _("Lịch nghỉ"),
    "pdf": _("Phông chữ PDF"),
    "address": _("Địa chỉ, HTTPS"),
    "proxies": _("Proxy phía trước"),
    "sources": _("Mã nguồn"),
    "django": _("Cấu hình"),
    "demonstration": _("Tài khoản minh họa"),
    "administrators": _("Quản trị hệ thống"),
    "passwords": _("Mật khẩu tạm"),
    "contact": _("Nơi báo lỗ hổng"),
    "beginning": _("Giờ đầu"),
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
        return gettext(TITLES[self.code])

    @property
    def said(self) -> str:
        """How it stands, in the language of the page."""
        return told(self.vi, self.en)

    @property
    def cure(self) -> str:
        return told(self.cure_vi, self.cure_en)


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
