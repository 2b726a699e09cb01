"""Reports of citizens as those who handle them read them, and as their senders do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from kycuong.core.clock import today
from kycuong.core.sealing import keyring
from kycuong.inspections.authority import ties_between
from kycuong.openness.models import CitizenReport
from kycuong.openness.rules.reports import KEPT_DAYS, VALID_DAYS, Outcome
from kycuong.orgs.models import Closure, Person, Unit
from kycuong.orgs.queries import full_names, holders_by_unit, versions_on
from kycuong.orgs.rules import INSPECTABLE


def reportable(slug: str) -> Unit | None:
    """The unit of a square code, while it exists and may be inspected."""
    day = today()
    unit = Unit.objects.existing(on=day).filter(slug=slug).distinct().first()
    return unit if unit and versions_on([unit.pk], day)[unit.pk].kind in INSPECTABLE else None


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
    """By kin, by having served there, by the standing register."""
    return bool(ties_between([person.pk], [(unit.pk, today())]))


def reports_seen(person: Person) -> list[tuple[CitizenReport, str]]:
    """Reports that the person may handle, with the name of the unit: those that wait first."""
    rows = list(CitizenReport.objects.visible_to(person).select_related("unit").order_by("-pk")[:500])
    tied = {tie.visited for tie in ties_between([person.pk], [(one.unit_id, today()) for one in rows])}
    names = full_names({one.unit_id for one in rows}, today())
    shown = [(one, names[one.unit_id]) for one in rows if one.unit_id not in tied]
    return sorted(shown, key=lambda pair: bool(pair[0].outcome))


def words_of(report: CitizenReport) -> tuple[str, str]:
    """What it says, and how its sender can be reached; empty once that was erased."""
    keys, contact = keyring(), report.sealed_contact
    text = keys.unseal(report.sealed_text, about=f"citizen_report.text.{report.uid}")
    return text, keys.unseal(contact, about=f"citizen_report.contact.{report.uid}") if contact else ""


def contacts_to_erase(day: date) -> Iterable[CitizenReport]:
    """Whose contact has been kept long enough."""
    return CitizenReport.objects.exclude(sealed_contact="").filter(received_on__lt=day - timedelta(days=KEPT_DAYS - 1))


def valid_reports(person: Person, day: date) -> Counter[str]:
    """Slug of a unit → reports about it that were found valid within a year, each text once; as far as the person may know."""
    since = day - timedelta(days=VALID_DAYS)
    found = CitizenReport.objects.visible_to(person).filter(outcome=Outcome.VALID, same_as=None, received_on__gt=since)
    return Counter(found.order_by("unit__slug").values_list("unit__slug", flat=True))


def heard_lines(person: Person) -> list[str]:
    """Those reports as lines of the form of a draw: each adds a ticket there, and says so in the list that anybody can repeat."""
    return [f"{slug}: {number}, phản ánh đã xác minh" for slug, number in valid_reports(person, today()).items()]


def followed(code_digest: str) -> CitizenReport | None:
    """The report of a code, by its digest."""
    return CitizenReport.objects.filter(code_digest=code_digest).first()
