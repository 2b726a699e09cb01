"""Announcing the theme of a year."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kycuong.audit.log import record
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import today
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit
from kycuong.plans import rules
from kycuong.plans.models import AnnualTheme


@transaction.atomic
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
