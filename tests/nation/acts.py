"""What desks do to a generated nation, by chance: its units are reorganised, its visits annulled. Each may be refused (Problem)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from kycuong.inspections.actions import annul_visit
from kycuong.inspections.models import Visit
from kycuong.orgs.history import (
    Draft,
    Fate,
    absorb_units,
    create_unit,
    dissolve_unit,
    merge_units,
    move_unit,
    rename_unit,
    split_unit,
)
from kycuong.orgs.models import Edge, Person, Unit, UnitVersion
from kycuong.orgs.rules import FOREVER


def standing(random: Random, *kinds: str) -> Unit:
    rows = UnitVersion.objects.filter(kind__in=kinds, valid_to=FOREVER).order_by("pk")
    return random.choice(list(rows)).unit


def parent(unit: Unit) -> Unit:
    return Edge.objects.get(child=unit, valid_to=FOREVER).parent


def merge(random: Random, on: date) -> None:
    one, two = standing(random, "commune_pc"), standing(random, "commune_pc")
    into = Draft(f"Xã Mới {random.randint(1, 9999)}", "commune_pc", parent(one))
    merge_units([one, two], by=None, on=on, into=into, children=Fate.PASS_ON)


def absorb(random: Random, on: date) -> None:
    one, into = standing(random, "commune_pc"), standing(random, "commune_pc")
    absorb_units([one], by=None, on=on, into=into, children=Fate.PASS_ON)


def move(random: Random, on: date) -> None:
    """Of a commune, a division or a department to another province, with all that is under it."""
    unit = standing(random, "commune_pc", "division", "provincial_department")
    move_unit(unit, by=None, on=on, to=standing(random, "province"))


def rename(random: Random, on: date) -> None:
    rename_unit(standing(random, "commune_pc", "division"), by=None, on=on, name=f"Tên Mới {random.randint(1, 9999)}")


def change_kind(random: Random, on: date) -> None:
    rename_unit(standing(random, "division"), by=None, on=on, kind="public_service_unit")


def split(random: Random, on: date) -> None:
    unit = standing(random, "division")
    number = random.randint(1, 9999)
    parts = [Draft(f"Phòng {number}.{part}", "division", parent(unit)) for part in (1, 2)]
    split_unit(unit, by=None, on=on, into=parts)


def dissolve(random: Random, on: date) -> None:
    dissolve_unit(standing(random, "commune_pc", "division"), by=None, on=on, children=Fate.PASS_ON)


def begin(random: Random, on: date) -> None:
    draft = Draft(f"Phòng Thêm {random.randint(1, 9999)}", "division", standing(random, "provincial_department"))
    create_unit(draft, by=None, on=on)


def annul(random: Random, on: date) -> None:
    visits = list(Visit.objects.filter(state="signed", visited_on__year=2025).order_by("pk"))
    annul_visit(random.choice(visits), by=Person.objects.get(username="tonghop"), reason="Ghi nhầm ngày.")


ALL_ACTS: list[Callable[[Random, date], None]] = [
    merge, absorb, move, move, rename, change_kind, split, dissolve, begin, annul, annul,
]  # fmt: skip
