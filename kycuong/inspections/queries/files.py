"""The photos and files of a visit and its choices of case files, and a mark of what was read back before signing."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db.models import Sum

from kycuong.audit.canonical import dumps, plain
from kycuong.inspections.models import ConcernedPerson, FindingReply, Visit, VisitFile


def files_of(visit: Visit) -> list[VisitFile]:
    """Those of the visit itself that stand, by criterion and then as they were added."""
    return list(VisitFile.objects.standing().filter(visit_id=visit.pk, reply=None))


def files_of_reply(reply: FindingReply) -> list[VisitFile]:
    """Those that the unit sent with its answer to a finding."""
    return list(VisitFile.objects.standing().filter(reply=reply))


def bytes_used(visit: Visit, reply: FindingReply | None = None) -> int:
    """What they weigh together: those of the visit, or those of one answer of the unit."""
    found = VisitFile.objects.standing().filter(visit_id=visit.pk, reply=reply)
    return int(found.aggregate(total=Sum("attachment__size"))["total"] or 0)


def files_signed(visit: Visit) -> list[list[str]]:
    """What the digest of the minutes says of each: its hash, its criterion, its caption."""
    return [[one.attachment.sha256, one.criterion_code, one.caption] for one in files_of(visit)]


def picks_signed(visit: Visit) -> list[list[Any]]:
    """What the digest says of each choice of case files: all that is needed to repeat it."""
    names = ("subject", "size", "number", "codes", "list_sha256", "seed", "picked", "reason")
    return [[getattr(one, name) for name in names] for one in visit.picks.order_by("position")]


def read_back_mark(visit: Visit) -> str:
    """Changes when something is added beside the form: nobody signs what was not read back."""
    rows = ConcernedPerson.objects.filter(finding__visit_id=visit.pk).order_by("pk")
    people = list(rows.values_list("uid", "category", "position"))
    return hashlib.sha256(dumps(plain([files_signed(visit), picks_signed(visit), people]))).hexdigest()[:16]
