"""What a reorganisation is made of: the document, the units that will begin, and the plan of everything that changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.orgs.models import Unit
from kycuong.orgs.rules import Change, Kind, Scheme


class Fate(TextChoices):
    """What becomes of the units under a unit that ends."""

    PASS_ON = "pass_on", _("Chuyển về đơn vị kế thừa")
    END = "end", _("Chấm dứt cùng")


@dataclass(frozen=True)
class Document:
    """The decision behind a change. Without a title one is made from what changes.

    What it says of work that is open at units that end: `duties_to` names the receiver among several heirs; `duties_reason`
    ends what nobody carries on.
    """

    number: str = ""
    on: date | None = None
    title: str = ""
    review_note: str = ""
    duties_to: str = ""
    duties_reason: str = ""


@dataclass(frozen=True, eq=False)
class Draft:
    """A unit that will begin. Its parent may be a draft that begins with it."""

    name: str
    kind: str
    parent: Unit | Draft | None
    code: str = ""
    scheme: str = Scheme.AREA
    slug: str = ""

    def __str__(self) -> str:
        return self.name


Party = Unit | Draft
"""A unit of the day after: one that goes on, or one that begins."""


@dataclass(frozen=True)
class NewName:
    """A unit goes on under another name or as another kind."""

    unit: Unit
    name: str
    kind: str


@dataclass(frozen=True)
class Move:
    """A unit goes on under another parent."""

    unit: Unit
    to: Party


@dataclass(frozen=True)
class NewCode:
    """A unit goes on with another code, or with none."""

    unit: Unit
    scheme: str
    value: str


@dataclass(frozen=True)
class Heir:
    """`successor` carries on `predecessor`; a side is empty where a unit merely begins or ends."""

    predecessor: Unit | None
    successor: Party | None
    whole: bool = True


@dataclass
class Plan:
    """Everything that one reorganisation changes, checked and not yet written: the preview shows it, `carry_out` does it."""

    kind: Change
    on: date
    title: str
    ends: list[Unit] = field(default_factory=list)
    begins: list[Draft] = field(default_factory=list)
    names: list[NewName] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    codes: list[NewCode] = field(default_factory=list)
    heirs: list[Heir] = field(default_factory=list)

    @property
    def kind_label(self) -> str:
        return str(Change(self.kind).label)

    def heirs_of(self, unit: Unit) -> list[Party]:
        """Who carries on the unit, as far as this plan says."""
        return [heir.successor for heir in self.heirs if heir.predecessor == unit and heir.successor is not None]


def listed(parties: Iterable[object], *, most: int = 4) -> str:
    """«A, B, C» — or, when there are many, the first ones and how many more."""
    names = [str(party) for party in parties]
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} và {len(names) - most} đơn vị khác"


def kind_names(kind: str) -> str:
    """The words for a kind."""
    return str(Kind(kind).label)
