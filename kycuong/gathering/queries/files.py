"""Files of a gathering: which need a person, which may be confirmed as they are, which say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kycuong.gathering.models import Gathering, SentFile
from kycuong.gathering.rules import FileState
from kycuong.orgs.authority import Someone


def agency_of(file: SentFile) -> int | None:
    """Whose file it is: as a person said, else as the program is certain."""
    return file.agency_id or file.guessed_id


def is_ready(file: SentFile) -> bool:
    """Read, of a known agency, without a faulty cell, with numbers: nothing is left to ask."""
    told = file.reading or {}
    return bool(
        file.state == FileState.SENT
        and agency_of(file)
        and told.get("values")
        and not told.get("errors")
        and file.read_at
    )


def ready_files(gathering: Gathering) -> list[SentFile]:
    """What may be confirmed at once."""
    return ready_among(gathering.files.select_related("guessed", "agency"))


def ready_among(files: Iterable[SentFile]) -> list[SentFile]:
    """Of all files of a gathering: ready, the only one of its agency that waits, and in no other file's place."""
    everything = list(files)
    waiting = [file for file in everything if file.state == FileState.SENT]
    held = {file.agency_id for file in everything if file.state == FileState.CONFIRMED}
    times = Counter(agency_of(file) for file in waiting)
    # What somebody took back is confirmed again by itself, never with the others.
    ready = [file for file in waiting if is_ready(file) and not file.reason]
    return [file for file in ready if times[agency_of(file)] == 1 and agency_of(file) not in held]


def in_the_way(file: SentFile) -> list[SentFile]:
    """Other files of the same agency that wait or hold: one of them will be superseded, or set aside."""
    agency = agency_of(file)
    if agency is None:
        return []
    others = file.gathering.files.filter(state__in=(FileState.SENT, FileState.CONFIRMED)).exclude(pk=file.pk)
    return [one for one in others if agency_of(one) == agency]


def stands_again(file: SentFile) -> SentFile | None:
    """The file that this one took the place of, and that holds again when this one is taken back."""
    if file.state != FileState.CONFIRMED:
        return None
    return SentFile.objects.filter(superseded_by=file, decided_at__isnull=False).order_by("decided_at").last()


def by_attention(files: Iterable[SentFile]) -> list[SentFile]:
    """What needs a person first, then what waits to be confirmed, then what is decided."""
    return sorted(files, key=lambda file: (_rank(file), file.filename, file.pk))


def _rank(file: SentFile) -> int:
    if file.state == FileState.SENT:
        return 1 if is_ready(file) else 0
    return 2 if file.state == FileState.CONFIRMED else 3


def same_bytes(sha256: str, person: Someone, *, but: Gathering) -> list[SentFile]:
    """The same file in other gatherings that the person sees: a report of another period, sent again by mistake."""
    seen = SentFile.objects.visible_to(person).filter(sha256=sha256)
    return list(seen.exclude(gathering=but).select_related("gathering")[:3])


def kept_files() -> Iterator[tuple[str, str]]:
    """(uid, SHA-256) of the stored bytes that are named here: for the command that looks after stored files."""
    yield from ((str(uid), sha256) for uid, sha256 in SentFile.objects.values_list("uid", "sha256").iterator())
