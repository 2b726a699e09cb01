"""Who is told of a round: the people who report for an agency, and those of the authority who ask."""

from __future__ import annotations

from kycuong.core.clock import today
from kycuong.notices.telling import tell
from kycuong.orgs.models import Person
from kycuong.orgs.queries import holders
from kycuong.rounds.models import AgencyReport, ReportingRound, SignedReport

OPEN, ANSWER, SIGN, NUMBER = "round.open", "round.answer", "round.sign", "round.number"


def tell_agency(report: AgencyReport, what: str, subject: str, *, text: str = "", due: bool = False) -> int:
    """`what` names the event, so that each person is told of it once."""

    def may_see(person: Person) -> bool:
        return AgencyReport.objects.visible_to(person).filter(pk=report.pk).exists()

    return tell(
        holders(report.agency, ANSWER, on=today()),
        key=f"report.{what}:{report.uid}",
        subject=subject,
        url=report.get_absolute_url(),
        text=text or report.round.title,
        due=due,
        visible=may_see,
    )


def tell_authority(report: AgencyReport, what: str, subject: str) -> int:
    """Those who review."""
    found = report.round

    def may_see(person: Person) -> bool:
        return ReportingRound.objects.visible_to(person).filter(pk=found.pk).exists()

    people = holders(found.authority, OPEN, on=today())
    key = f"report.{what}:{report.uid}"
    return tell(people, key=key, subject=subject, url=report.get_absolute_url(), text=found.title, visible=may_see)


def tell_clerks(signed: SignedReport) -> int:
    """Those who enter the number."""

    def may_see(person: Person) -> bool:
        return SignedReport.objects.visible_to(person).filter(pk=signed.pk).exists()

    subject = f"Đã ký, chờ số: {signed.title}"
    people = holders(signed.authority, NUMBER, on=today())
    key = f"report.signed:{signed.uid}"
    return tell(people, key=key, subject=subject, url=signed.get_absolute_url(), visible=may_see)
