"""What would be frozen now: the whole report of a unit, with the mark by which a reader's page is compared with it."""

from __future__ import annotations

from dataclasses import replace

from django.utils.crypto import salted_hmac

from kycuong.core.speaking import in_vietnamese
from kycuong.orgs.models import Unit
from kycuong.reports.queries import summary_for
from kycuong.reports.rules.periods import Period
from kycuong.reports.rules.summary import Summary, to_text
from kycuong.rounds.models import ReportingRound
from kycuong.rounds.rules import text_of


def whole(unit: Unit, period: Period) -> Summary:
    """Everything, for whoever: it is opened for eyes when it is read. In Vietnamese, as it is frozen and compared."""
    with in_vietnamese():
        return summary_for(unit, period, person=None)


def compiled_now(found: ReportingRound) -> Summary:
    """What the authority would sign: counted from visits, not added up from reports."""
    return whole(found.authority, found.period)


def mark_of(shown: Summary, *beside: object) -> str:
    """Equal when a person is shown the same, whenever it was made. It is keyed: nobody learns from it what was not shown.

    `beside`: what else stands on the page and is frozen with it, as JSON holds it.
    """
    told = text_of({"summary": to_text(replace(shown, made_at="")), "beside": list(beside)})
    return salted_hmac("kycuong.rounds.seen", told, algorithm="sha256").hexdigest()
