"""Whose a file is: its owner's alone. Who may open a list at all, the list itself decides when it is opened."""

from __future__ import annotations

from kycuong.core.checks import refresh
from kycuong.core.problems import Missing, NotAllowed
from kycuong.exports.models import ListExport
from kycuong.orgs.models import Person


def authorize(person: Person, export: ListExport | None = None) -> None:
    """Raise unless the account is active, and the file (if there is one yet) its own. Whoever else comes finds nothing."""
    if not person.is_active:
        raise NotAllowed("Tài khoản của bạn đã ngừng hoạt động.", en="Your account is no longer active.")
    if export is not None:
        refresh(export)
        if not ListExport.objects.visible_to(person).filter(pk=export.pk).exists():
            raise Missing("Không tìm thấy tệp này. Hãy mở «Tệp danh sách của tôi».", en="There is no such file.")
