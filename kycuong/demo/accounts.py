"""Accounts of the demonstration: one for every role, on today's units. Their password is for the demonstration only."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, QuerySet

from kycuong.core.remembering import remembered
from kycuong.orgs.models import Person

DEMO_PASSWORD = "xem-thu-Lang-Son"  # noqa: S105 - public on purpose: it opens nothing but demonstration data


@dataclass(frozen=True)
class DemoAccount:
    """One account: user name, what it is, the role and the unit (by slug)."""

    username: str
    full_name: str
    position: str
    role: str
    unit: str


ACCOUNTS = (
    DemoAccount("tonghop", "Cán bộ tổng hợp (minh họa)", "Chuyên viên Sở Nội vụ", "aggregator", "tinh-lang-son"),
    DemoAccount("lanhdao", "Lãnh đạo tỉnh (minh họa)", "Lãnh đạo UBND tỉnh", "leader", "tinh-lang-son"),
    DemoAccount("truongdoan", "Trưởng đoàn (minh họa)", "Phó trưởng phòng Sở Nội vụ", "team_head", "so-noi-vu"),
    DemoAccount("thanhvien", "Thành viên đoàn (minh họa)", "Chuyên viên Sở Nội vụ", "team_member", "so-noi-vu"),
    DemoAccount("daumoi", "Đầu mối xã Đồng Đăng (minh họa)", "Công chức Văn phòng", "coordinator", "xa-dong-dang"),
    DemoAccount("thutruong", "Thủ trưởng xã Cao Lộc (minh họa)", "Chủ tịch UBND xã", "unit_head", "xa-cao-loc"),
    DemoAccount("vanthu", "Văn thư Sở Nội vụ (minh họa)", "Văn thư", "records_clerk", "so-noi-vu"),
    DemoAccount("kiemtoan", "Giám sát (minh họa)", "Cán bộ giám sát", "auditor", "tinh-lang-son"),
    DemoAccount("quantri", "Quản trị hệ thống (minh họa)", "Quản trị", "system_admin", "tinh-lang-son"),
)


LOADED = "demonstration is loaded"


def _first() -> QuerySet[Person]:
    return Person.objects.filter(username=ACCOUNTS[0].username, full_name=ACCOUNTS[0].full_name)


def is_loaded() -> bool:
    """Whether the demonstration province was loaded into this database: its first account is there, by both its names."""
    return remembered(LOADED, _first().exists)


def whether_loaded() -> Exists:
    """The same for a question that is asked anyway."""
    return Exists(_first())


def note_loaded(*, found: bool) -> None:
    """Somebody has asked so: for the rest of the request nobody asks again."""
    remembered(LOADED, lambda: found)
