"""Who may be drawn on a day, with which weight and why: the list that is committed to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from kycuong.draws.rules import INSPECTOR, INSPECTORS_STRATUM, Line, frame_of, parts_of
from kycuong.inspections.authority import ties_between
from kycuong.inspections.models import TeamMember
from kycuong.inspections.rules import VisitState
from kycuong.orgs.models import Closure, Person, Unit
from kycuong.orgs.queries import full_names, versions_on
from kycuong.orgs.roles import roles_with
from kycuong.orgs.rules import INSPECTABLE

from .records import records_of, whole_months

RESTED = "trong thời gian nghỉ giữa hai lần kiểm tra"
SOURCES = {"posting": "công tác tại đơn vị được kiểm tra", "standing": "hồi tị thường xuyên"}
"""What is published of a tie: that there is one, not which kin."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The lines, the exclusions, and what people read beside them."""

    lines: list[Line]
    excluded: dict[str, str]
    names: dict[str, str]
    parts: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def available(self) -> Counter[str]:
        """How many may be drawn, by stratum."""
        return Counter(line.stratum for line in self.lines)

    @property
    def document(self) -> dict[str, Any]:
        return frame_of(self.lines, self.excluded)


def units_frame(
    *,
    area: Unit,
    lead: Unit,
    kinds: Collection[str],
    day: date,
    excluded: Mapping[Unit, str],
    complaints: Mapping[Unit, int],
) -> Frame:
    """The inspectable units of the kinds under the area on the day, without the lead itself, in tickets."""
    below = Unit.objects.under(area, on=day).exclude(pk=lead.pk).distinct()
    units = {unit.pk: unit for unit in below}
    known = versions_on(units.keys(), day)
    wanted = {pk for pk, version in known.items() if version.kind in kinds and version.kind in INSPECTABLE}
    left_out = {unit.pk: reason for unit, reason in excluded.items()}
    names, records = full_names(wanted | left_out.keys(), day), records_of(wanted - left_out.keys(), day)
    known_of = {unit.pk: number for unit, number in complaints.items()}
    parts = {
        str(units[pk].uid): parts_of(replace(record, complaints=known_of.get(pk, 0))) for pk, record in records.items()
    }
    lines = [Line(uid := str(units[pk].uid), known[pk].kind, sum(parts[uid].values())) for pk in records]
    uids = {pk: str(unit.uid) for pk, unit in units.items()} | {unit.pk: str(unit.uid) for unit in excluded}
    return Frame(
        lines=lines,
        excluded={uids[pk]: reason.strip() for pk, reason in left_out.items()},
        names={uids[pk]: names[pk] for pk in wanted | left_out.keys()},
        parts=parts,
    )


def inspectors_frame(
    *, lead: Unit, subjects: Sequence[Unit], rest_months: int, day: date, recused: Mapping[Person, str]
) -> Frame:
    """People who may record visits for the lead, without the recused and those who must rest from one of the units.

    Recused are those declared here, whoever stands on the standing register for one of the units, and whoever served there.
    """
    people = list(candidates(lead, day))
    excluded = {str(person.uid): reason.strip() for person, reason in recused.items()}
    tied = ties_between([person.pk for person in people], [(unit.pk, day) for unit in subjects])
    sources = {tie.person: SOURCES[tie.source] for tie in sorted(tied, key=lambda tie: tie.source)}
    excluded |= {
        str(person.uid): sources[person.pk]
        for person in people
        if person.pk in sources and str(person.uid) not in excluded
    }
    resting = _resting(people, subjects, rest_months, day)
    excluded |= {
        str(person.uid): RESTED for person in people if person.pk in resting and str(person.uid) not in excluded
    }
    lines = [
        Line(str(person.uid), INSPECTORS_STRATUM, INSPECTOR) for person in people if str(person.uid) not in excluded
    ]
    names = {str(person.uid): person.full_name for person in [*people, *recused]}
    return Frame(lines, excluded, names, {line.id: {"base": INSPECTOR} for line in lines})


def candidates(lead: Unit, day: date) -> QuerySet[Person]:
    """Active accounts that hold, at the lead or under it, a role that records visits."""
    under = Closure.objects.filter(ancestor=lead, valid_from__lte=day, valid_to__gt=day).values("descendant_id")
    return (
        Person.objects.filter(
            is_active=True,
            assignments__role__in=roles_with("visit.record"),
            assignments__valid_from__lte=day,
            assignments__valid_to__gt=day,
            assignments__unit_id__in=under,
        )
        .order_by("full_name", "pk")
        .distinct()
    )


def _resting(people: Sequence[Person], subjects: Sequence[Unit], months: int, day: date) -> set[int]:
    """Who was on a team on the day of its visit to one of the units, not `months` ago. Sealed visits tell nothing here."""
    if not months or not subjects:
        return set()
    members = TeamMember.objects.filter(
        person__in=people, inspection__visits__unit__in=subjects, inspection__visits__state=VisitState.SIGNED
    )
    rows = members.values_list("person_id", "left_at", "inspection__visits__visited_on")
    return {
        person
        for person, left_at, visited_on in rows
        if person and whole_months(visited_on, day) < months and (left_at is None or visited_on <= left_at.date())
    }
