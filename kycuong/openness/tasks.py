"""What the scheduler does for openness. Each step may be run twice, or late."""

from __future__ import annotations

from datetime import date

from kycuong.openness.actions import erase_contact
from kycuong.openness.models import ReportsOfDay
from kycuong.openness.queries.reports import contacts_to_erase
from kycuong.orgs.authority import at_the_machine


def forget_senders(day: date) -> str:
    """Contacts whose term is over are erased; how many came from where is forgotten the day after."""
    ReportsOfDay.objects.exclude(day=day).delete()
    with at_the_machine():
        erased = [erase_contact(one, by=None) for one in list(contacts_to_erase(day))]
    return (
        f"Đã xóa liên hệ của {len(erased)} phản ánh. / Erased the contact of {len(erased)} reports." if erased else ""
    )
