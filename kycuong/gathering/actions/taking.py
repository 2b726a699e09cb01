"""Taking files as they come, keeping what the program reads in them, and what a person chooses for one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kycuong.audit.log import act, record, record_many
from kycuong.core.checks import ensure_clean, ensure_values
from kycuong.core.clock import now
from kycuong.gathering.models import Gathering, SentFile
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit

from ._claiming import claim, ensure_under
from .gatherings import GATHER


@dataclass(frozen=True)
class Came:
    """A file whose bytes are kept already."""

    filename: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Read:
    """What the program made of a file as it was at one version; `agency` when it is certain."""

    told: dict[str, Any]
    agency: int | None
    version: int


@act
def take_files(
    gathering: Gathering, *, by: Person | None, came: Sequence[Came]
) -> tuple[list[SentFile], list[SentFile]]:
    """Note the files; those that the gathering has already are given back apart and are not taken twice."""
    authorize(by, GATHER, at=gathering.scope)
    there = {file.sha256: file for file in gathering.files.all()}
    fresh: dict[str, SentFile] = {}
    again: list[SentFile] = []
    for one in came:
        if one.sha256 in there or one.sha256 in fresh:
            again.append(there.get(one.sha256) or fresh[one.sha256])
            continue
        file = SentFile(gathering=gathering, filename=one.filename, sha256=one.sha256, size=one.size, sent_by=by)
        ensure_values(file)
        fresh[one.sha256] = file
    taken = SentFile.objects.bulk_create(fresh.values())
    record_many("declared.take", taken, by=by)
    return taken, again


@act
def note_readings(gathering: Gathering, *, by: Person | None, readings: Mapping[int, Read]) -> int:
    """Keep what the program read. It is no figure, and follows from bytes and choices.

    A reading of a version that is over, or that another run was quicker with, is dropped: a person may have seen the other one.
    """
    authorize(by, GATHER, at=gathering.scope)
    noted = 0
    for pk, read in readings.items():
        waiting = gathering.files.unread().filter(pk=pk, version=read.version)
        noted += waiting.update(reading=read.told, guessed=read.agency, read_at=now())
    if noted:
        record("declared.read", gathering, by=by)
    return noted


@act
def choose(
    file: SentFile,
    *,
    by: Person | None,
    version: int | None = None,
    agency: Unit | None = None,
    layout: dict[str, Any] | None = None,
) -> SentFile:
    """Say whose file it is and how its columns are mapped; it is then read again."""
    authorize(by, GATHER, at=file.gathering.scope)
    claim(file, version)
    if agency is not None:
        ensure_under(agency, file.gathering)
    file.agency, file.chosen = agency, layout
    file.read_at = None
    ensure_clean(file)
    file.save()
    record("declared.choose", file, by=by)
    return file
