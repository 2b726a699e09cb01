"""Findings with what the unit answered, the files that it sent, and what was decided: for pages, prints and the API."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kycuong.inspections.models import Finding, Visit, VisitFile
from kycuong.orgs.queries.instead import instead_in


def findings_told(visit: Visit) -> list[Finding]:
    """Every finding of a visit as both sides read it, the withdrawn ones too. Two questions, and two about in whose stead."""
    found = Finding.objects.filter(visit=visit).select_related("reply__replied_by", "decision__decided_by")
    return told_to(list(found))


def told_to(findings: Sequence[Finding]) -> list[Finding]:
    """The same findings, each answer with its files. The order stays."""
    replies = [one.reply for one in findings if one.answered]
    files: dict[int | None, list[VisitFile]] = defaultdict(list)
    for file in VisitFile.objects.standing().filter(reply__in=replies) if replies else ():
        files[file.reply_id].append(file)
    for reply in replies:
        reply.kept_files = files[reply.pk]
    made = instead_in([*replies, *(one.decision for one in findings if one.decided)])
    for one in findings:
        one.instead = made
    return list(findings)
