"""The first words of a team's report: what the signed minutes say, unit by unit, for the team to go on from."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kycuong.inspections.models import Inspection
from kycuong.inspections.rules import VisitState
from kycuong.inspections.rules.conclusions import shortcomings_drafted


def report_drafted(inspection: Inspection) -> str:
    """Each signed visit with its strengths and findings. Drafts are left out: a sealed one above all."""
    signed = (
        inspection.visits.filter(state=VisitState.SIGNED)
        .order_by("visited_on", "pk")
        .prefetch_related("findings__decision")
    )
    parts = []
    for place, visit in enumerate(signed, 1):
        found = shortcomings_drafted([one for one in visit.findings.all() if not one.is_withdrawn])
        parts.append(
            "\n".join(
                [
                    f"{place}. {visit.unit_name_then}, {visit.visited_on:%d/%m/%Y}",
                    _("Ưu điểm: %s") % (visit.strengths or "—"),
                    _("Tồn tại, hạn chế:"),
                    found,
                ]
            )
        )
    return "\n\n".join(parts)
