"""What several acts hold to: the version of a file is taken in one statement, and an agency is one under the scope."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F

from kycuong.core.checks import refresh
from kycuong.core.problems import BadInput, Stale
from kycuong.gathering.models import Gathering, SentFile
from kycuong.gathering.rules import FileState, ensure_waiting
from kycuong.orgs.models import Unit


def claim(file: SentFile, version: int | None, states: Collection[str] = (FileState.SENT,)) -> None:
    """Take the next version in one statement: of two who hold the same one, one wins."""
    if version is None:
        refresh(file)
    read = file.version if version is None else version
    taken = SentFile.objects.filter(pk=file.pk, version=read, state__in=states).update(version=F("version") + 1)
    refresh(file)
    if not taken and FileState.SENT in states:
        ensure_waiting(file.state)
    if not taken:
        raise Stale(
            "Tệp này vừa được người khác xử lý. Những gì bạn chọn còn nguyên: hãy xem hiện trạng rồi làm lại.",
            en="Somebody else has just dealt with this file. What you chose is kept: look at it, then try again.",
        )


def ensure_under(agency: Unit, gathering: Gathering) -> None:
    """A file is of an agency under the scope; nobody declares for others."""
    if not Unit.objects.under(gathering.scope, on=gathering.last).filter(pk=agency.pk).exists():
        sentence = (
            f"{agency} không trực thuộc {gathering.scope} vào ngày {gathering.last:%d/%m/%Y}. Hãy chọn cơ quan khác."
        )
        raise BadInput(
            sentence,
            en=f"{agency} was not under {gathering.scope} on {gathering.last}. Choose another agency.",
            errors=[{"field": "agency", "vi": sentence, "en": "Choose another agency."}],
        )
