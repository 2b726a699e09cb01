"""Random reorganisations: hierarchy, lineage and the shape of what is stored, against a naive reading of history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from kycuong.core.problems import Problem
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import (
    Draft,
    Fate,
    absorb_units,
    create_unit,
    create_units,
    derive,
    dissolve_unit,
    merge_units,
    move_unit,
    one_rebuild,
    rename_unit,
    split_unit,
)
from kycuong.orgs.models import Closure, Edge, Lineage, Reorganisation, Succession, Unit, UnitVersion
from kycuong.orgs.rules import FOREVER
from tests.budget import examples
from tests.desk import BEGIN, Desk

pytestmark = pytest.mark.django_db
KINDS = ("division", "commune_pc", "public_service_unit")
FATES = (Fate.PASS_ON, Fate.END)


class Chance:
    """A small province to which whatever may happen happens, one act on a day."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.day = BEGIN
        top = Draft("Tỉnh", "province", None)
        below = [Draft(f"Huyện {number}", "district_pc", top) for number in range(3)]
        lower = [Draft(f"Xã {number}", "commune_pc", below[number % 3]) for number in range(5)]
        self.top, *self.units = create_units([top, *below, *lower], by=None, on=self.day).born

    def act(self) -> None:
        self.day += timedelta(days=self.random.randint(1, 90))
        standing = list(Unit.objects.existing(on=self.day).exclude(pk=self.top.pk).order_by("pk"))
        if len(standing) < 3:
            create_unit(self.draft([]), by=None, on=self.day)
            return
        self.random.shuffle(standing)
        kind = self.random.choice([self.create, self.rename, self.move, self.merge, self.absorb, self.split, self.end])
        try:
            with transaction.atomic():
                kind(standing)
        except Problem:
            self.refused = True

    def draft(self, standing: list[Unit]) -> Draft:
        parent = self.random.choice([self.top, *standing])
        return Draft(f"Đơn vị {self.random.randint(0, 9)}", self.random.choice(KINDS), parent)

    def create(self, standing: list[Unit]) -> None:
        create_unit(self.draft(standing), by=None, on=self.day)

    def rename(self, standing: list[Unit]) -> None:
        rename_unit(standing[0], by=None, on=self.day, name=f"Tên {self.day}")

    def move(self, standing: list[Unit]) -> None:
        move_unit(standing[0], by=None, on=self.day, to=standing[1])

    def merge(self, standing: list[Unit]) -> None:
        into = self.draft(standing[2:])
        merge_units(standing[:2], by=None, on=self.day, into=into, children=self.random.choice(FATES))

    def absorb(self, standing: list[Unit]) -> None:
        absorb_units(standing[:1], by=None, on=self.day, into=standing[1], children=self.random.choice(FATES))

    def split(self, standing: list[Unit]) -> None:
        into = [self.draft(standing[2:]), self.random.choice([standing[1], self.draft(standing[2:])])]
        below = Edge.objects.filter(parent=standing[0], valid_to=FOREVER).select_related("child")
        to = {edge.child: self.random.randint(0, 1) for edge in below if self.random.random() < 0.9}
        keep = self.random.random() < 0.5
        split_unit(standing[0], by=None, on=self.day, into=into, keep=keep, children=Fate.END, children_to=to)

    def end(self, standing: list[Unit]) -> None:
        dissolve_unit(standing[0], by=None, on=self.day, children=self.random.choice(FATES))


@contextmanager
def history(seed: int, acts: int, wrap: Callable[[], Any] = transaction.atomic) -> Iterator[Chance]:
    """A random history, gone again afterwards."""
    with transaction.atomic(), at_the_machine():
        with wrap():
            chance = Chance(seed)
            for _ in range(acts):
                chance.act()
        yield chance
        transaction.set_rollback(True)


def chain_on(unit: int, day: date, up: dict[int, list[tuple[int, date, date]]]) -> list[int]:
    """The unit, its parent that day, and so on to the top."""
    chain = [unit]
    while parents := [parent for parent, start, end in up.get(chain[-1], []) if start <= day < end]:
        [parent] = parents
        assert parent not in chain, "a ring"
        chain.append(parent)
    return chain


def hierarchy_on(day: date) -> set[tuple[int, int, int]]:
    """(ancestor, descendant, depth) of the day, one unit and one step at a time."""
    up: dict[int, list[tuple[int, date, date]]] = {}
    for child, *edge in Edge.objects.values_list("child_id", "parent_id", "valid_from", "valid_to"):
        up.setdefault(child, []).append(tuple(edge))
    alive = set(UnitVersion.objects.filter(valid_from__lte=day, valid_to__gt=day).values_list("unit_id", flat=True))
    found = {(above, unit, depth) for unit in alive for depth, above in enumerate(chain_on(unit, day, up))}
    assert {above for above, _, _ in found} <= alive, "somebody is under a unit that does not exist"
    return found


def heirs_on(origin: int, day: date) -> tuple[set[int], bool]:
    """Who carries on the unit that day, by replaying what happened in order; and whether it is whole in one hand."""
    heirs, lost = {origin}, False
    for act in Reorganisation.objects.filter(effective_on__lte=day).order_by("effective_on", "pk"):
        after: set[int] = set()
        for heir in heirs:
            parts = act.successions.filter(predecessor_id=heir).exclude(successor_id=heir)
            ended = UnitVersion.objects.filter(unit_id=heir).latest("valid_from").valid_to <= act.effective_on
            takers = {part.successor_id for part in parts if part.successor_id}
            after |= takers if ended else takers | {heir}
            lost = lost or (ended and not takers)
        heirs = after
    return heirs, len(heirs) == 1 and not lost


def stored_heirs(origin: int, day: date) -> tuple[set[int], bool]:
    rows = list(Lineage.objects.filter(origin_id=origin, valid_from__lte=day, valid_to__gt=day))
    return {row.heir_id for row in rows}, bool(rows) and all(row.whole for row in rows)


def days_of(chance: Chance) -> list[date]:
    """Borders, the days before them, and days of no importance."""
    borders = list(Reorganisation.objects.values_list("effective_on", flat=True).distinct())
    chosen = chance.random.sample(borders, min(4, len(borders)))
    span = (chance.day - BEGIN).days + 30
    plain = [BEGIN + timedelta(days=chance.random.randint(0, span)) for _ in range(2)]
    return [*chosen, *(day - timedelta(days=1) for day in chosen), *plain, FOREVER - timedelta(days=1)]


@settings(max_examples=examples(12, long=1_000))
@given(seed=st.integers(0, 2**32 - 1), acts=st.integers(1, 14))
def test_what_is_derived_is_what_history_says(seed: int, acts: int) -> None:
    with history(seed, acts) as chance:
        assert derive.differences() == []
        for day in days_of(chance):
            rows = Closure.objects.filter(valid_from__lte=day, valid_to__gt=day)
            stored = list(rows.values_list("ancestor_id", "descendant_id", "depth"))
            assert len(stored) == len(set(stored))
            assert set(stored) == hierarchy_on(day)
            for unit in chance.random.sample(list(Unit.objects.order_by("pk")), 5):
                if unit.versions.earliest("valid_from").valid_from <= day:
                    assert stored_heirs(unit.pk, day) == heirs_on(unit.pk, day), (unit, day)


@settings(max_examples=examples(12, long=1_000))
@given(seed=st.integers(0, 2**32 - 1), acts=st.integers(1, 14))
def test_what_is_stored_has_the_shape_of_a_history(seed: int, acts: int) -> None:
    """One name at a time without gaps, one parent at a time, nothing outlives its unit, every act has its successions."""
    with history(seed, acts):
        for unit in Unit.objects.prefetch_related("versions", "edges_up", "codes"):
            versions = sorted(unit.versions.all(), key=lambda row: row.valid_from)
            assert all(one.valid_to == other.valid_from for one, other in pairwise(versions))
            edges = sorted(unit.edges_up.all(), key=lambda row: row.valid_from)
            assert all(one.valid_to <= other.valid_from for one, other in pairwise(edges))
            for row in [*edges, *unit.codes.all()]:
                assert versions[0].valid_from <= row.valid_from < row.valid_to <= versions[-1].valid_to
        assert not Reorganisation.objects.filter(successions__isnull=True).exists()


@settings(max_examples=examples(10, long=200))
@given(seed=st.integers(0, 2**32 - 1))
def test_many_acts_with_one_end_leave_what_single_acts_leave(seed: int) -> None:
    def rows() -> tuple[set[Any], set[Any]]:
        closure = Closure.objects.values_list("ancestor__slug", "descendant__slug", "depth", "valid_from", "valid_to")
        lineage = Lineage.objects.values_list("origin__slug", "heir__slug", "valid_from", "valid_to", "whole")
        return set(closure), set(lineage)

    with history(seed, 8):
        singly = rows()
    with history(seed, 8, wrap=one_rebuild):
        assert rows() == singly


def verified() -> int:
    try:
        call_command("closure", "verify")
    except SystemExit as left:
        return int(str(left.code))
    return 0


def test_a_tampered_row_is_reported_and_rebuilt(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    commune, district = desk.units["commune"], desk.units["district"]
    assert verified() == 0
    Closure.objects.filter(ancestor=district, descendant=commune).delete()
    Closure.objects.create(ancestor=desk.units["other_district"], descendant=commune, depth=1, valid_from=BEGIN)
    Lineage.objects.filter(origin=commune).update(valid_to=date(2020, 1, 1))
    capsys.readouterr()
    assert verified() == 1
    told = capsys.readouterr()
    assert sorted(line.split(": ")[0] for line in told.out.splitlines()) == [
        "Closure thiếu/missing", "Closure thừa/extra", "Lineage thiếu/missing", "Lineage thừa/extra",
    ]  # fmt: skip
    assert "huyen-dong xa-hoang-dong 1 2015-01-01" in told.out
    assert "4 sai lệch" in told.err
    call_command("closure", "rebuild")
    assert verified() == 0
    assert Succession.objects.exists()
