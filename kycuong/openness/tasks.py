"""What the scheduler does for openness. Each step may be run twice, or late."""

from __future__ import annotations

from datetime import date

from kycuong.openness.actions import erase_words
from kycuong.openness.models import ReportsOfDay
from kycuong.openness.queries.reports import to_erase
from kycuong.openness.store import forget_keys
from kycuong.orgs.authority import at_the_machine


def forget_senders(day: date) -> str:
    """Contacts whose term is over are erased, and spam with them; how many came from where is forgotten the day after."""
    ReportsOfDay.objects.exclude(day=day).delete()
    forget_keys(day)
    with at_the_machine():
        erased = [erase_words(one, by=None) for one in list(to_erase(day))]
    return (
        f"Đã xóa liên hệ (và thư rác) của {len(erased)} phản ánh. / Erased the contact (and spam) of {len(erased)} reports."
        if erased
        else ""
    )
