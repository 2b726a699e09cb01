"""What has changed: between two submissions, between a submission and now, since a signature; and what of it must still be told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kycuong.core.clock import today
from kycuong.core.problems import Problem
from kycuong.orgs.authority import Someone
from kycuong.orgs.models import Unit
from kycuong.reports.rules.summary import Summary
from kycuong.rounds.models import AgencyReport, ReportingRound, ReportSubmission, SignedReport
from kycuong.rounds.rules import SENTENCES, TOTAL, Adjusted, Change, Frozen, changes_between, frozen_of, still_to_tell

from .live import mark_of, whole
from .progress import frozen_lines, progress_of
from .reading import knows_measures, signed_read, submission_read, summary_read


@dataclass(frozen=True, slots=True)
class Behind:
    """A change, and the visits that came or went with it, where that is known."""

    change: Change
    visits: tuple[str, ...]


def since_submission(submission: ReportSubmission, person: Someone | None, now: Summary | None = None) -> list[Change]:
    """What the agency's report says otherwise than its live figures do today."""
    report = submission.report
    live = summary_read(now or whole(report.agency, report.round.period), report.agency, person)
    return changes_between(submission_read(submission, person), live)


def since_former(submission: ReportSubmission, person: Someone | None) -> list[Change]:
    """What a submission says otherwise than the one before it."""
    former = submission.report.submissions.filter(number=submission.number - 1).first()
    return changes_between(submission_read(former, person), submission_read(submission, person)) if former else []


def since_signature(signed: SignedReport, person: Someone | None) -> list[Behind]:
    """What the signed report says otherwise than live figures of its period do today."""
    then = signed_read(signed, person).summary
    now = summary_read(whole(signed.authority, signed.round.period), signed.authority, person)
    found = changes_between(then, now)
    leads = _leads((then, now), {one.visit for one in found if one.visit})
    return [Behind(one, _behind(one, leads)) for one in found]


def adjustments_due(authority: Unit) -> list[Adjusted]:
    """What of the authority's earlier signed reports has changed and no later one has told yet."""
    earlier = list(SignedReport.objects.filter(authority=authority).order_by("signed_at", "pk").select_related("round"))
    read = [(signed, frozen) for signed in earlier if (frozen := _readable(signed))]
    told = [one for _signed, frozen in read for one in frozen.adjusted]
    found = []
    for signed, frozen in read:
        about = [one for one in told if one.report == str(signed.uid)]
        live, then = whole(authority, signed.round.period), frozen.summary
        full = still_to_tell(then, _all(one.changes for one in about), live)
        if full:
            plain = then.without_measures(), _all(one.open for one in about), live.without_measures()
            open_ = tuple(still_to_tell(*plain))
            found.append(Adjusted(str(signed.uid), signed.title, tuple(full), open_))
    return found


def adjustments_read(
    found: Sequence[Adjusted], authority: Unit, person: Someone | None
) -> list[tuple[str, tuple[Change, ...]]]:
    """The same by title, as far as the person may know it."""
    knows = knows_measures(person, authority)
    return [(one.title, one.changes if knows else one.open) for one in found if knows or one.open]


def submission_mark(report: AgencyReport, compiled: Summary, person: Someone | None) -> str:
    """What the person is shown on the page that submits; the agency's own words are bound by the report's version."""
    return mark_of(summary_read(compiled, report.agency, person))


def signing_mark(found: ReportingRound, compiled: Summary, adjusted: Sequence[Adjusted], person: Someone | None) -> str:
    """What the person is shown on the page that signs: figures and the office's words, who reported, what is adjusted."""
    authority = found.authority
    lines = sorted(frozen_lines(progress_of(found, None, today=today())), key=lambda one: str(one["slug"]))
    due = [[title, [change.words for change in told]] for title, told in adjustments_read(adjusted, authority, person)]
    return mark_of(summary_read(compiled, authority, person), lines, due)


def _readable(signed: SignedReport) -> Frozen | None:
    """What was signed; nothing when it was kept in a form that this release no longer reads: it stops no later signature."""
    try:
        return frozen_of(signed.content)
    except (Problem, KeyError, TypeError):
        return None


def differing(submissions: Iterable[ReportSubmission], person: Someone | None) -> dict[int, int]:
    """Report → in how many cells its submission differs from live figures of that agency."""
    return {one.report_id: len(since_submission(one, person)) for one in submissions}


def _all(parts: Iterable[tuple[Change, ...]]) -> list[Change]:
    return [one for part in parts for one in part]


def _leads(summaries: Iterable[Summary], visits: set[str]) -> dict[str, str]:
    """Visit that came or went → who led it."""
    return {one.visit: one.lead.slug for made in summaries for one in made.visits if one.visit in visits}


def _behind(change: Change, leads: dict[str, str]) -> tuple[str, ...]:
    """Of a row of Biểu 1 the visits that its authority led; of the total, and of what sentences tell of the period, all."""
    if change.visit:
        return (change.visit,)
    if change.table == SENTENCES and "/" not in change.row:
        return tuple(leads)
    if change.table != 1:
        return ()
    return tuple(visit for visit, lead in leads.items() if change.row in (lead, TOTAL))
