"""The words in which the province's facts are written: a unit, a step of a reform, a reform. Plain data, no database."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

UnitKind = Literal["province", "provincial_department", "district_pc", "commune_pc", "division", "public_service_unit"]
StepKind = Literal["create", "merge", "absorb", "split", "rename", "move", "recode", "dissolve"]

RECONSTRUCTED = "Dựng lại theo mẫu chung của thời kỳ; cần đối chiếu với quyết định tổ chức của từng cơ quan."
"""Why a unit or a step is marked for review when nothing more precise is said."""


@dataclass(frozen=True, slots=True)
class UnitFact:
    """A unit as it is from a day on. `key` never changes; name, kind, parent and code may."""

    key: str
    name: str
    kind: UnitKind
    parent: str | None
    code: str | None = None
    needs_review: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One legal change.

    create    successors begin
    merge     predecessors end, the one successor begins; a single predecessor means that the rest comes in parts by `split`
    absorb    predecessors end, the one successor (a key) goes on with what they had
    split     the predecessor ends, each successor (new, or a key that goes on) has a part of it
    rename, move, recode   the predecessor goes on as the successor says, under the same key
    dissolve  predecessors end, nobody carries them on

    `partial` names the predecessors that were divided: no successor carries the whole of them.
    """

    kind: StepKind
    on: date
    predecessors: tuple[str, ...] = ()
    successors: tuple[UnitFact | str, ...] = ()
    document: str | None = None
    partial: frozenset[str] = frozenset()
    needs_review: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reform:
    """What one document changed on one day. Steps are in order; parents are whole again when the last step is done."""

    slug: str
    title: str
    on: date
    document_number: str | None
    document_on: date | None
    steps: tuple[Step, ...]
    needs_review: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Law:
    """Writes steps that share a day, a document and, where the whole document awaits review, a reason for it."""

    on: date
    document: str | None
    review: str = ""

    def step(
        self,
        kind: StepKind,
        predecessors: Iterable[str] = (),
        successors: Iterable[UnitFact | str] = (),
        *,
        note: str = "",
        review: str = "",
    ) -> Step:
        before = tuple(predecessors)
        why = review or self.review
        return Step(
            kind=kind,
            on=self.on,
            predecessors=before,
            successors=tuple(successors),
            document=self.document,
            partial=frozenset(before) if kind == "split" else frozenset(),
            needs_review=bool(why),
            note=" ".join(part for part in (note, why) if part),
        )

    def create(self, units: Iterable[UnitFact], *, review: str = "") -> Step:
        return self.step("create", (), units, review=review)

    def merge(self, into: UnitFact, *predecessors: str, review: str = "") -> Step:
        return self.step("merge", predecessors, (into,), review=review)

    def absorb(self, into: str, *predecessors: str, review: str = "") -> Step:
        return self.step("absorb", predecessors, (into,), review=review)

    def split(self, unit: str, *successors: UnitFact | str, review: str = "") -> Step:
        return self.step("split", (unit,), successors, review=review)

    def dissolve(self, *units: str, note: str = "", review: str = "") -> Step:
        return self.step("dissolve", units, (), note=note, review=review)

    def move(self, unit: UnitFact, parent: str, *, review: str = "") -> Step:
        return self.step("move", (unit.key,), (replace(unit, parent=parent),), review=review)

    def rename(self, unit: UnitFact, name: str, *, review: str = "") -> Step:
        return self.step("rename", (unit.key,), (replace(unit, name=name),), review=review)

    def recode(self, unit: UnitFact, code: str, *, review: str = "") -> Step:
        return self.step("recode", (unit.key,), (replace(unit, code=code),), review=review)


def key_of(name: str) -> str:
    """A name as a key: «Xã Hoàng Đồng» → xa-hoang-dong."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return "-".join("".join(letter if letter.isalnum() else " " for letter in letters).split())


def room(name: str, parent: str, kind: UnitKind = "division") -> UnitFact:
    """A room of an authority. Rooms have the same names everywhere, so the key always names the parent too."""
    return UnitFact(f"{key_of(name)}-{parent}", name, kind, parent, None, needs_review=True)
