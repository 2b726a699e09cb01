"""What ties people to the units that are visited: what they declared, where they served, and the standing register."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kycuong.core.remembering import standing
from kycuong.core.sealing import keyring
from kycuong.inspections.models import ConflictDeclaration, ConflictWaiver, Inspection, StandingRecusal, Visit
from kycuong.inspections.rules import Form
from kycuong.inspections.rules.conflicts import ConflictKind, since
from kycuong.orgs.models import Assignment, Closure, Lineage, Person, StandIn, StandInAct, Unit
from kycuong.orgs.queries import names_on
from kycuong.orgs.rules import FOREVER

AT_ONCE = 500
DAY = timedelta(1)
Place = tuple[int, date]
"""The unit that is visited, and when."""
BEGINNING = date.min


@dataclass(frozen=True, slots=True)
class Tie:
    """A person is tied to a unit that is visited, by way of that unit itself or of one under it or before it."""

    person: int
    visited: int
    to: int
    source: str
    kind: str
    words: str
    begins: date = BEGINNING

    @property
    def mark(self) -> str:
        """What a waiver remembers of it. A posting there anew is another tie, and so is a new line of the register."""
        return f"{self.source}:{self.kind}:{self.to}:{self.begins}"


@dataclass(frozen=True, slots=True)
class Conflict:
    """All that ties a person to a unit that is visited, and whether the leader's side has accepted it."""

    person: int
    unit: int
    ties: list[Tie]
    waiver: ConflictWaiver | None

    @property
    def is_open(self) -> bool:
        """Something ties the person that no waiver covers: a waiver is for what was known when it was given."""
        return self.waiver is None or bool({tie.mark for tie in self.ties} - set(self.waiver.covers))

    @property
    def words(self) -> str:
        return "; ".join(dict.fromkeys(tie.words for tie in self.ties))


@dataclass(frozen=True, slots=True)
class _Held:
    """A tie before it is known whether it touches a unit that is visited: held from a day until another."""

    person: int
    to: int
    source: str
    kind: str
    begins: date = BEGINNING
    ends: date = FOREVER


def conflicts_at(inspection: Inspection, people: Collection[int], places: Collection[Place]) -> list[Conflict]:
    """Conflicts of the people with the units, accepted ones included. Nobody is in conflict in a self-check."""
    if inspection.form == Form.SELF_CHECK or not people or not places:
        return []
    declared = opened_ties(ConflictDeclaration.objects.filter(inspection=inspection).select_related("unit"))
    found: dict[tuple[int, int], list[Tie]] = defaultdict(list)
    for tie in ties_between(people, places, declared):
        found[tie.person, tie.visited].append(tie)
    waived = ConflictWaiver.objects.filter(inspection=inspection).select_related("waived_by") if found else ()
    waivers = {(one.person_id, one.unit_id): one for one in waived}
    return [Conflict(*key, ties, waivers.get(key)) for key, ties in found.items()]


def opened_ties(rows: Iterable[ConflictDeclaration]) -> list[ConflictDeclaration]:
    """Declarations with the units that they name, sealed ones opened in memory. For acts, and for the one who declared."""
    found = list(rows)
    told = {
        one.pk: json.loads(keyring().unseal(one.sealed_tie, about=place_of_tie(one))) for one in found if one.sealed_tie
    }
    units = {str(unit.uid): unit for unit in Unit.objects.filter(uid__in=[tie["unit"] for tie in told.values()])}
    for one in found:
        if one.pk in told:
            one.unit, one.note = units[told[one.pk]["unit"]], told[one.pk]["note"]
    return found


def sealed_tie(row: ConflictDeclaration, unit: Unit, note: str) -> str:
    """Unit and note as the column holds them."""
    said = json.dumps({"unit": str(unit.uid), "note": note}, ensure_ascii=False)
    return keyring().seal(said, about=place_of_tie(row))


def place_of_tie(row: ConflictDeclaration) -> str:
    """What the seal of a tie is bound to."""
    return f"inspections.ConflictDeclaration.{row.inspection_id}.{row.person_id}.sealed_tie"


def conflict_of(person: Person, visit: Visit) -> str:
    """What ties the person to the unit of the visit and nobody has accepted, in words; empty when nothing does."""
    place = (visit.unit_id, visit.visited_on)
    found = standing(
        ("conflicts", visit.inspection_id, person.pk, place),
        lambda: conflicts_at(visit.inspection, [person.pk], [place]),
    )
    return "; ".join(conflict.words for conflict in found if conflict.is_open)


def conflict_of_any(people: Iterable[Person], visit: Visit) -> str:
    """The same of somebody who acts in others' stead: what ties one of them ties the act."""
    return "; ".join(words for words in (conflict_of(one, visit) for one in people) if words)


def ties_between(
    people: Collection[int], places: Collection[Place], declared: Iterable[ConflictDeclaration] = ()
) -> list[Tie]:
    """What ties the people to the units on the days: six queries for some hundred of either."""
    if not places:
        return []
    held = [one for part in _parts(people) for one in _held(part)]
    wanted = set(people)
    held += [
        _Held(one.person_id, one.unit_id or 0, "declared", one.kind)
        for one in declared
        if one.person_id in wanted and one.unit_id
    ]
    if not held:
        return []
    near = _near({unit for unit, _ in places}, {one.to for one in held})
    names = names_on({one.to for one in held}, max(day for _, day in places))
    return [
        Tie(
            one.person,
            unit,
            one.to,
            one.source,
            one.kind,
            _words(one, names.get(one.to, ""), here=unit == one.to),
            one.begins,
        )
        for unit, day in sorted(set(places))
        for one in held
        if _touches(one, day, near.get((unit, one.to), ()))
    ]


def _held(people: Collection[int]) -> list[_Held]:
    """Where the people serve or served, themselves or in somebody's stead as far as they did anything there, and what the standing register holds of them."""
    return standing(("ties held", *people), lambda: [*_postings(people), *_registered(people)])


def _postings(people: Collection[int]) -> Iterator[_Held]:
    rows = Assignment.objects.filter(person_id__in=people)
    for person, unit, begins, ends in rows.values_list("person_id", "unit_id", "valid_from", "valid_to"):
        yield _Held(person, unit, "posting", ConflictKind.FORMER_UNIT, begins, ends)
    lent = StandIn.objects.filter(person_id__in=people)
    done = lent.filter(
        Q(pk__in=lent.in_force().values("pk")) | Exists(StandInAct.objects.filter(stand_in=OuterRef("pk")))
    )
    for one in done:
        ends = min(one.valid_to, localtime(one.recalled_at).date() + DAY) if one.recalled_at else one.valid_to
        yield _Held(one.person_id, one.unit_id, "posting", ConflictKind.FORMER_UNIT, one.valid_from, ends)


def _registered(people: Collection[int]) -> Iterator[_Held]:
    rows = StandingRecusal.objects.filter(person_id__in=people)
    for person, unit, kind, begins, ends in rows.values_list("person_id", "unit_id", "kind", "valid_from", "valid_to"):
        yield _Held(person, unit, "standing", kind, begins, ends)


def _near(visited: Collection[int], tied: Collection[int]) -> dict[tuple[int, int], list[tuple[date, date]]]:
    """(visited, tied) → when the tied unit was the visited one, under it, or that of a unit which it carries on."""
    heirs = defaultdict(set, {unit: {unit} for unit in visited})
    for origin, heir in Lineage.objects.filter(heir_id__in=visited).values_list("origin_id", "heir_id"):
        heirs[origin].add(heir)
    near: dict[tuple[int, int], list[tuple[date, date]]] = defaultdict(list)
    for part in _parts(tied):
        rows = Closure.objects.filter(ancestor_id__in=list(heirs), descendant_id__in=part)
        for above, below, begins, ends in rows.values_list("ancestor_id", "descendant_id", "valid_from", "valid_to"):
            for heir in heirs[above]:
                near[heir, below].append((begins, ends))
    return near


def _touches(one: _Held, day: date, spans: Iterable[tuple[date, date]]) -> bool:
    """A posting counts if it was held within the years before the day; what is declared or registered, while it holds."""
    if one.source != "posting":
        return one.begins <= day < one.ends and any(True for _ in spans)
    begins, ends = max(one.begins, since(day)), one.ends
    return one.begins <= day and any(max(begins, start) < min(ends, end) for start, end in spans)


def _words(one: _Held, name: str, *, here: bool) -> str:
    """«công tác tại Xã Hoàng Đồng từ 01/03/2024 đến 01/05/2025», «tự khai: quan hệ gia đình, thân thuộc»."""
    if one.source == "posting":
        told = {"unit": name, "begins": f"{one.begins:%d/%m/%Y}", "ends": f"{one.ends:%d/%m/%Y}"}
        if one.ends < FOREVER:
            return _("công tác tại %(unit)s từ %(begins)s đến %(ends)s") % told
        return _("công tác tại %(unit)s từ %(begins)s") % told
    label = str(ConflictKind(one.kind).label).lower() + ("" if here else f" – {name}")
    return f"{_('tự khai') if one.source == 'declared' else _('hồi tị thường xuyên')}: {label}"


def _parts(keys: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
