"""Reports of citizens as those who handle them read them, and as their senders do."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from itertools import chain

from django.db.models import Case, Count, F, Q, QuerySet, When

from kycuong.core.clock import today
from kycuong.core.sealing import keyring
from kycuong.features.authority import under
from kycuong.inspections.authority import ties_between
from kycuong.openness.models import CitizenReport
from kycuong.openness.rules.reports import KEPT_DAYS, VALID_DAYS, Outcome
from kycuong.orgs.authority import lenders
from kycuong.orgs.models import Closure, Lineage, Person, Unit
from kycuong.orgs.queries import full_names, holders_by_unit, versions_on
from kycuong.orgs.rules import INSPECTABLE


def reportable(slug: str) -> Unit | None:
    """The unit of a square code, while it may be inspected; once it has ended, the one that carries it on, if it is one."""
    day = today()
    found = Unit.objects.existing(on=day).filter(slug=slug).distinct().first()
    if found is None and (ended := Unit.objects.filter(slug=slug).first()):
        heirs = heirs_of([ended.pk])[ended.pk]
        found = Unit.objects.existing(on=day).filter(pk__in=heirs).distinct().first() if len(heirs) == 1 else None
    return found if found and is_inspected_today(found) else None


def is_inspected_today(unit: Unit) -> bool:
    """Whether it exists, and is of a kind that is inspected."""
    day = today()
    exists = Unit.objects.existing(on=day).filter(pk=unit.pk).exists()
    return exists and versions_on([unit.pk], day)[unit.pk].kind in INSPECTABLE


def heirs_of(units: Collection[int]) -> dict[int, set[int]]:
    """Unit → who carries it on today; nobody for one that goes on itself."""
    day, found = today(), {unit: set[int]() for unit in units}
    rows = Lineage.objects.filter(origin__in=units, valid_from__lte=day, valid_to__gt=day).exclude(heir=F("origin"))
    for origin, heir in rows.values_list("origin_id", "heir_id"):
        found[origin].add(heir)
    return found


def handlers_of(report: CitizenReport) -> list[Person]:
    """Who is told of a report: those who handle reports at the nearest unit above at which somebody may see it."""
    day = today()
    rows = Closure.objects.filter(descendant=report.unit, depth__gt=0, valid_from__lte=day, valid_to__gt=day)
    ladder = list(rows.order_by("depth", "pk").values_list("ancestor_id", flat=True))
    at = holders_by_unit(ladder, "citizen_report.handle", on=day)
    found = ([one for one in at[unit] if not is_tied(one, report.unit) and _sees(one, report)] for unit in ladder)
    return next((people for people in found if people), [])


def _sees(person: Person, report: CitizenReport) -> bool:
    return CitizenReport.objects.visible_to(person).filter(pk=report.pk).exists()


def is_tied(person: Person, unit: Unit) -> bool:
    """By kin, by having served there, by the standing register: oneself, or somebody in whose stead one would handle it."""
    return bool(tied_units(person, [unit.pk]))


def tied_units(person: Person, units: Collection[int]) -> set[int]:
    """Those of the units to which the person is tied, or to what carries them on: or the one in whose stead they are handled."""
    heirs, day = heirs_of(units), today()
    places = [(unit, day) for unit in {*heirs, *chain.from_iterable(heirs.values())}]
    instead = lenders(person, "citizen_report.handle", heirs)
    tied = {(tie.person, tie.visited) for tie in ties_between({person.pk, *instead.values()}, places)}
    return {
        unit
        for unit, after in heirs.items()
        if any((who, place) in tied for who in {person.pk, instead.get(unit)} for place in {unit, *after})
    }


def reports_seen(person: Person) -> QuerySet[CitizenReport]:
    """Reports that the person may handle: those that wait first, and of those last what came when there were many about the unit."""
    seen = CitizenReport.objects.visible_to(person)
    units = list(seen.order_by("unit").values_list("unit_id", flat=True).distinct())
    waits = Case(When(outcome="", then=0), default=1)
    free = seen.exclude(unit__in=tied_units(person, units))
    return free.select_related("unit").order_by(waits, "held_back", "-pk")


def named(reports: Iterable[CitizenReport]) -> list[tuple[CitizenReport, str]]:
    """With the name of the unit."""
    rows = list(reports)
    names = full_names({one.unit_id for one in rows}, today())
    return [(one, names[one.unit_id]) for one in rows]


def words_of(report: CitizenReport) -> tuple[str, str]:
    """What it says, and how its sender can be reached; empty once that was erased."""
    keys, contact = keyring(), report.sealed_contact
    sealed = report.sealed_text
    text = keys.unseal(sealed, about=f"citizen_report.text.{report.uid}") if sealed else ""
    return text, keys.unseal(contact, about=f"citizen_report.contact.{report.uid}") if contact else ""


def to_erase(day: date) -> Iterable[CitizenReport]:
    """What has been kept long enough: contacts; and the whole text of what was spam."""
    old = CitizenReport.objects.filter(received_on__lt=day - timedelta(days=KEPT_DAYS - 1))
    return old.filter(~Q(sealed_contact="") | Q(outcome=Outcome.SPAM) & ~Q(sealed_text=""))


def valid_reports(person: Person, day: date) -> dict[str, int]:
    """Slug of a unit → reports about it that were found valid within a year, each text once; as far as the person may know.

    The most first. About a unit to which the person is tied they learn nothing: not by the form of a draw either.
    """
    since = day - timedelta(days=VALID_DAYS)
    valid = CitizenReport.objects.visible_to(person).filter(outcome=Outcome.VALID, received_on__gt=since)
    found = valid.order_by().values_list("unit_id", "unit__slug").annotate(n=Count("text_digest", distinct=True))
    rows = sorted(found, key=lambda row: (-row[2], row[1]))
    tied = tied_units(person, [unit for unit, _slug, _number in rows])
    return {slug: number for unit, slug, number in rows if unit not in tied}


def heard_lines(person: Person) -> list[str]:
    """Those reports as lines of the form of a draw: each adds a ticket there.

    The list that anybody can repeat names the unit and the number, and not by which way somebody complained.
    """
    return [f"{slug}: {number}, đơn thư, phản ánh" for slug, number in valid_reports(person, today()).items()]


def followed(code_digest: str) -> CitizenReport | None:
    """The report of a code, by its digest."""
    return CitizenReport.objects.filter(code_digest=code_digest).first()


def open_under(person: Person, unit: Unit) -> int:
    """Reports about the unit and those below it that are not settled, as far as the person may know of them at all."""
    return reports_seen(person).filter(unit__in=under(unit), outcome="").count()
