"""What every page of a visit shows: who visited whom, and what was written, in words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kycuong.core.clock import now
from kycuong.core.http import Request, page, version_sent
from kycuong.inspections import actions
from kycuong.inspections.models import Conclusion, Visit
from kycuong.inspections.queries import answers_in_words, concerned, earlier_results, files_of, lead_at, name_at
from kycuong.inspections.rules import headcount_of
from kycuong.orgs.rules import formal_name


def about(request: Request, found: Visit) -> dict[str, Any]:
    """Who visited whom, when, under which inspection; names of that day."""
    name = name_at(found)
    lead = found.lead_name_then or lead_at(found.inspection)
    title = _("%(unit)s, ngày %(day)s") % {"unit": name, "day": f"{found.visited_on:%d/%m/%Y}"}
    version = found.unit.version_on(found.visited_on)
    return {
        "title": title,
        "visit": found,
        "inspection": found.inspection,
        "unit_name": formal_name(name, version.kind) if version else name,
        "lead_name": lead,
        "topics": list(found.inspection.topics.all()),
        "crumbs": [
            (_("Kiểm tra"), "/inspections/"),
            (str(found.inspection), found.inspection.get_absolute_url()),
            (title, ""),
        ],
    }


def shown(request: Request, found: Visit, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page that tells of the visit. While the visit is sealed, the look is noted and the page bears the reader's name."""
    if found.is_sealed_draft:
        actions.note_look(found, by=request.user)
        context = context | {"sealed_for": request.user, "read_at": now()}
    return page(request, template, context=context, status=status)


def words(found: Visit, request: Request | None = None) -> dict[str, Any]:
    """What was written, in words; for somebody who asks, each finding with the earlier visit that it repeats."""
    findings = list(found.findings.select_related("decision"))
    earlier = earlier_results(found, person=request.user) if request and findings else {}
    people = concerned(found, request.user if request else None)
    for finding in findings:
        finding.concerned = people.get(finding.pk, [])
        finding.repeats = earlier[finding.criterion_code].repeat if finding.criterion_code in earlier else None
    groups = answers_in_words(found, findings)
    return {
        "groups": groups,
        "findings": findings,
        "tally": _tally(groups),
        "roll_call": headcount_of(found),
        "files": files_of(found),
        "picks": list(found.picks.all()),
    }


def _tally(groups: list[Any]) -> list[tuple[str, str, int]]:
    """How many criteria came to what, in words: (tone, label, count)."""
    lines = [line for group in groups for line in group.lines]
    labels = {line.outcome: (line.tone, line.outcome_label) for line in lines}
    return [(tone, label, sum(line.outcome == outcome for line in lines)) for outcome, (tone, label) in labels.items()]


def seen(request: Request, uid: UUID) -> Visit:
    found = Visit.objects.visible_to(request.user).select_related("inspection__lead", "unit", "checklist", "minutes")
    return get_object_or_404(found, uid=uid)


def version_typed(request: Request, found: Visit | Conclusion) -> int:
    """The version that the form was filled in on; without a sound one, the one that is there now."""
    return version_sent(request, found.version)
