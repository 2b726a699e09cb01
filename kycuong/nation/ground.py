"""A province of the generated nation while it is built: who stands where, by short keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from vietnam_provinces import Province

from kycuong.core.vietnamese import slug as slug_of
from kycuong.orgs.history import Document
from kycuong.orgs.imports.catalogue import bare
from kycuong.orgs.models import Unit

from . import facts
from .wishes import Sizes


@dataclass(eq=False)
class Commune:
    """A commune of today, and the keys of the old ones that it is made of, all in one old province."""

    name: str
    code: str
    place: int
    old: list[str] = field(default_factory=list)

    @property
    def base(self) -> str:
        """«Đoàn Kết» of «Xã Đoàn Kết»."""
        for kind in ("Phường ", "Xã ", "Thị trấn ", "Đặc khu "):
            if self.name.startswith(kind):
                return self.name.removeprefix(kind)
        return self.name


@dataclass(eq=False)
class District:
    """A district of before July 2025: its key, its old province, and the keys of its communes."""

    key: str
    place: int
    communes: list[str]


@dataclass(eq=False)
class Ground:
    """Units by key. Keys: p0 (province), p0/d3.0 (department), p0/q2 (district), c5/1 (old commune), P, D3, C5 (today's)."""

    province: Province
    sizes: Sizes
    rng: Random
    nation: Unit
    units: dict[str, Unit] = field(default_factory=dict)
    communes: list[Commune] = field(default_factory=list)
    districts: list[District] = field(default_factory=list)
    halves: dict[str, tuple[str, str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    slugs: set[str] = field(default_factory=set)

    @property
    def code(self) -> int:
        return int(self.province.code.value)

    @property
    def old_provinces(self) -> tuple[str, ...]:
        return facts.MERGED_FROM.get(self.code, (bare(self.province),))

    @property
    def is_merged(self) -> bool:
        return self.code in facts.MERGED_FROM

    def division_to_split(self, place: int) -> str | None:
        """The first division of the old province; None where the province is so small that it has none."""
        return next((key for key in self.names if key.startswith(f"p{place}/d") and "/v" in key), None)

    def commune_to_raise(self, place: int) -> str | None:
        """The first commune of the first district; None where the old province has none."""
        return next((district.communes[0] for district in self.districts if district.place == place), None)

    def address(self, name: str) -> str:
        """A slug that no other unit of the nation has: it begins with the code of the province."""
        base = f"{self.code:02d}-{slug_of(name)}"[:140]
        found, number = base, 1
        while found in self.slugs:
            number += 1
            found = f"{base}-{number}"
        self.slugs.add(found)
        return found


def paper(on: date) -> Document:
    """The document of a generated reform says what it is."""
    return Document(number=f"{on:%m}/NQ-TS-{on.year}", on=on, review_note="Dữ liệu tạo sinh, không phải văn bản thật.")
