"""A person confirms a file: only now do its numbers become declared figures; or sets it aside, or takes it back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Q

from kycuong.audit.log import act, record, record_many
from kycuong.core.checks import ensure_clean, ensure_values, refresh
from kycuong.core.clock import now
from kycuong.core.problems import BadInput
from kycuong.gathering.models import DeclaredFigure, FormLayout, SentFile
from kycuong.gathering.queries import stands_again
from kycuong.gathering.rules import BY_KEY, FileState, ensure_confirmable, ensure_decided
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person

from ._claiming import claim, ensure_under
from .gatherings import GATHER


@act
def confirm_file(file: SentFile, *, by: Person | None, version: int | None = None) -> SentFile:
    """Its numbers are what the agency declares; an earlier file of the same agency gives way, and stays to be looked at."""
    authorize(by, GATHER, at=file.gathering.scope)
    claim(file, version)
    told: dict[str, Any] = file.reading or {}
    file.agency = file.agency or file.guessed
    read = bool(file.read_at and told and not told["problem"])
    values = told.get("values", {})
    ensure_confirmable(agency=file.agency is not None, errors=told.get("errors", 0), values=len(values), read=read)
    assert file.agency is not None
    ensure_under(file.agency, file.gathering)
    before = _give_way(file, by)
    file.state, file.decided_at, file.decided_by, file.reason = FileState.CONFIRMED, now(), by, ""
    ensure_clean(file)
    file.save()
    figures = [_figure(file, key, value, cell, by) for key, (value, cell) in values.items() if BY_KEY[key].is_figure]
    DeclaredFigure.objects.bulk_create(figures)
    record_many("declared.confirm", [*before, file, *figures, *_remembered(file, told, by)], by=by)
    return file


@act
def set_aside(file: SentFile, *, by: Person | None, reason: str, version: int | None = None) -> SentFile:
    """The file is not used, and it is said why; nothing of it is lost."""
    authorize(by, GATHER, at=file.gathering.scope)
    claim(file, version)
    file.reason = reason.strip()
    if not file.reason:
        raise BadInput(
            "Hãy ghi lý do bỏ qua tệp này.",
            en="Say why this file is set aside.",
            errors=[{"field": "reason", "vi": "Hãy ghi lý do.", "en": "Say why."}],
        )
    file.state, file.decided_at, file.decided_by = FileState.SET_ASIDE, now(), by
    ensure_clean(file)
    file.save()
    record("declared.set_aside", file, by=by)
    return file


@act
def take_back(file: SentFile, *, by: Person | None, reason: str = "", version: int | None = None) -> SentFile:
    """What was set aside waits again. So does, with a reason, what was confirmed: its numbers hold no more, and whose it is, is asked.

    What it had taken the place of stands again as it was: an agency is not without figures because a later file was a mistake.
    """
    authorize(by, GATHER, at=file.gathering.scope)
    refresh(file)
    ensure_decided(file.state, reason.strip())
    undone = file.state != FileState.SET_ASIDE
    claim(file, version, (file.state,))
    withdrawn = [*_withdrawn(file), *_forgotten(file, by)] if undone else []
    earlier = _moved_up(file)
    file.reason = reason.strip() if undone else ""
    file.agency, file.superseded_by = None if undone else file.agency, None
    file.state, file.decided_at, file.decided_by = FileState.SENT, None, None
    ensure_clean(file)
    file.save()
    record_many("declared.take_back", [file, *withdrawn, *_standing_again(earlier)], by=by)
    return file


def _moved_up(file: SentFile) -> list[SentFile]:
    """What this file had superseded: by the one in its place now, or by none; of those confirmed once the newest holds."""
    earlier = list(SentFile.objects.filter(superseded_by=file).order_by("-decided_at", "-pk"))
    former = stands_again(file)
    for one in earlier:
        one.superseded_by = file.superseded_by
        if one.superseded_by is None and one.decided_at is None:
            one.state = FileState.SENT
        elif one == former:
            one.state = FileState.CONFIRMED
        elif one.superseded_by is None:
            one.superseded_by = former
        one.version += 1
    return earlier


def _standing_again(files: list[SentFile]) -> list[SentFile]:
    """Written once the file that held gives its place free: one file an agency holds at a time."""
    for one in files:
        one.save(update_fields=["state", "superseded_by", "version"])
    return files


def _withdrawn(file: SentFile) -> list[DeclaredFigure]:
    figures = list(file.figures.filter(withdrawn_at=None))
    for figure in figures:
        figure.withdrawn_at = now()
        figure.save(update_fields=["withdrawn_at"])
    return figures


def _forgotten(file: SentFile, by: Person | None) -> list[FormLayout]:
    """The name in this file tells its agency no more: the newest of a head holds, and this one says none."""
    told = file.reading or {}
    held = FormLayout.objects.filter(agency=file.agency, fingerprint=told.get("fingerprint", "")).first()
    if held is None or not held.said:
        return []
    layout = FormLayout(agency=file.agency, fingerprint=held.fingerprint, layout=held.layout, said="", confirmed_by=by)
    ensure_values(layout)
    layout.save(force_insert=True)
    return [layout]


def _give_way(file: SentFile, by: Person | None) -> list[SentFile]:
    """The file that held until now, and those sent before this one that a person said are the agency's: all are kept as they are.

    A guess is never enough: a file that names this agency beside its own would be lost.
    """
    earlier = Q(state=FileState.SENT, sent_at__lt=file.sent_at)
    held = Q(state=FileState.CONFIRMED)
    before = list(file.gathering.files.filter(held | earlier, agency=file.agency).exclude(pk=file.pk))
    for one in before:
        one.state, one.superseded_by = FileState.SUPERSEDED, file
        one.version += 1
        one.save(update_fields=["state", "superseded_by", "version"])
    return before


def _figure(file: SentFile, key: str, value: str, cell: str, by: Person | None) -> DeclaredFigure:
    told = file.reading or {}
    sheet = told["layout"]["sheet"]
    figure = DeclaredFigure(
        file=file, agency=file.agency, column=key, value=Decimal(value), cell=f"{sheet[:40]}!{cell}", confirmed_by=by
    )
    ensure_values(figure)
    return figure


def _remembered(file: SentFile, told: dict[str, Any], by: Person | None) -> list[FormLayout]:
    """How the columns were mapped, for when the same head comes again from this agency; a name, when only a person knew whose it was."""
    guess = told["guess"]
    said = guess["said"][:120] if guess["how"] in ("", "confirmed") else ""
    layout = FormLayout(
        agency=file.agency, fingerprint=told["fingerprint"], layout=told["layout"], said=said, confirmed_by=by
    )
    before = FormLayout.objects.filter(agency=file.agency, fingerprint=layout.fingerprint).first()
    if before and (before.layout, before.said) == (layout.layout, layout.said):
        return []
    ensure_values(layout)
    layout.save(force_insert=True)
    return [layout]
