"""What a unit has been: names, codes, parents, the documents that changed it, and whom it carries on or who carries it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from kycuong.orgs.models import Closure, Edge, Reorganisation, Succession, Unit
from kycuong.orgs.rules import Scheme

from .names import last_day, names_on, versions_on


@dataclass(frozen=True)
class Stretch:
    """Something that held from a day to a last day (None while it goes on), and the documents that began it."""

    text: str
    note: str
    first: date
    last: date | None
    documents: Sequence[Reorganisation]
    slug: str = ""


@dataclass(frozen=True)
class Kin:
    """A unit on the other side of a succession, as it was called then."""

    slug: str
    name: str
    whole: bool
    reorganisation: Reorganisation


@dataclass(frozen=True)
class Past:
    """Everything that was recorded about a unit, latest first."""

    names: list[Stretch]
    codes: list[Stretch]
    parents: list[Stretch]
    predecessors: list[Kin]
    successors: list[Kin]
    first: date | None
    last: date | None


def past_of(unit: Unit) -> Past:
    """The whole history of one unit, in a handful of queries."""
    kin = Succession.objects.filter(Q(predecessor=unit) | Q(successor=unit)).select_related("reorganisation")
    rows = sorted(kin, key=lambda row: (row.reorganisation.effective_on, row.pk), reverse=True)
    papers: dict[date, dict[int, Reorganisation]] = {}
    for row in rows:
        papers.setdefault(row.reorganisation.effective_on, {})[row.reorganisation_id] = row.reorganisation
    versions = list(unit.versions.order_by("-valid_from"))
    return Past(
        names=[
            Stretch(v.name, v.get_kind_display(), v.valid_from, last_day(v.valid_to), _papers(papers, v.valid_from))
            for v in versions
        ],
        codes=[
            Stretch(code.value, str(Scheme(code.scheme).label), code.valid_from, last_day(code.valid_to),
                    _papers(papers, code.valid_from))
            for code in unit.codes.order_by("-valid_from")
        ],
        parents=[
            Stretch(edge.parent.name_on(edge.valid_from), "", edge.valid_from, last_day(edge.valid_to),
                    _papers(papers, edge.valid_from), edge.parent.slug)
            for edge in Edge.objects.filter(child=unit).select_related("parent").order_by("-valid_from")
        ],
        predecessors=_kin(rows, unit, back=True),
        successors=_kin(rows, unit, back=False),
        first=versions[-1].valid_from if versions else None,
        last=last_day(versions[0].valid_to) if versions else None,
    )  # fmt: skip


def chain_on(unit: Unit, day: date) -> list[tuple[str, str]]:
    """(slug, name) of every unit above on that day, the highest first."""
    above = Closure.objects.filter(descendant=unit, depth__gt=0, valid_from__lte=day, valid_to__gt=day)
    rows = list(above.select_related("ancestor").order_by("-depth"))
    names = names_on([row.ancestor_id for row in rows], day)
    return [(row.ancestor.slug, names[row.ancestor_id]) for row in rows]


def _papers(papers: dict[date, dict[int, Reorganisation]], day: date) -> list[Reorganisation]:
    return list(papers.get(day, {}).values())


def _kin(rows: Sequence[Succession], unit: Unit, *, back: bool) -> list[Kin]:
    """The other sides, named as on the last day before (predecessors) or on the first day of the change."""
    found: list[Kin] = []
    for row in rows:
        mine, other = (row.successor_id, row.predecessor_id) if back else (row.predecessor_id, row.successor_id)
        if mine != unit.pk or other is None or other == unit.pk:
            continue
        day = row.reorganisation.effective_on - timedelta(days=1 if back else 0)
        version = versions_on([other], day)[other]
        found.append(Kin(version.unit.slug, version.name, row.whole, row.reorganisation))
    return found
