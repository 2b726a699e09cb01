"""The theme of a year: announced by the province, spread by agencies."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import now, today
from kycuong.core.ids import uuid7
from kycuong.core.problems import Stale
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit
from kycuong.plans import rules
from kycuong.plans.models import AnnualTheme, Dissemination


@act
def announce_theme(
    *,
    by: Person | None,
    authority: Unit,
    year: int,
    title: str,
    document_number: str = "",
    document_on: date | None = None,
) -> AnnualTheme:
    """Set the theme of a year; announcing it again for the same year corrects it."""
    authorize(by, "theme.announce", at=authority)
    rules.ensure_year_is_near(year, today=today())
    theme = AnnualTheme.objects.filter(authority=authority, year=year).first() or AnnualTheme(
        authority=authority, year=year
    )
    theme.title, theme.document_number, theme.document_on = title.strip(), document_number.strip(), document_on
    ensure_clean(theme)
    theme.save()
    record("theme.announce", theme, by=by)
    return theme


@act
def record_dissemination(
    *,
    by: Person,
    agency: Unit,
    year: int,
    kind: str,
    held_on: date,
    title: str,
    document_number: str = "",
    people: int | None = None,
    uid: UUID | None = None,
) -> Dissemination:
    """Write down how an agency spread the theme. Repeating the call with the same uid returns the first entry."""
    authorize(by, "theme.spread", at=agency)
    if uid and (already := Dissemination.objects.filter(uid=uid, agency=agency).first()):
        return already
    rules.ensure_year_is_near(year, today=today())
    rules.ensure_spread(kind, held_on=held_on, year=year, document_number=document_number, people=people, today=today())
    entry = Dissemination(uid=uid or uuid7(), agency=agency, year=year, kind=kind, held_on=held_on, recorded_by=by)
    entry.title, entry.document_number, entry.people = title.strip(), document_number.strip(), people
    ensure_clean(entry)
    entry.save(force_insert=True)
    record("theme.spread", entry, by=by)
    return entry


@act
def withdraw_dissemination(entry: Dissemination, *, by: Person, reason: str) -> Dissemination:
    """Take back a wrong entry. It stays on record and counts nowhere."""
    authorize(by, "theme.spread", at=entry.agency)
    rules.ensure_reason(reason)
    standing = Dissemination.objects.filter(pk=entry.pk).standing()
    taken = standing.update(withdrawn_at=now(), withdrawn_by=by, withdraw_reason=reason.strip())
    if not taken:
        rules.ensure_standing(Dissemination.objects.get(pk=entry.pk).withdrawn_at is not None)
        raise Stale("Mục này vừa thay đổi. Hãy xem lại.", en="This entry has just changed. Look at it again.")
    entry.refresh_from_db()
    record("theme.withdraw_spread", entry, by=by, reason=reason.strip())
    return entry
