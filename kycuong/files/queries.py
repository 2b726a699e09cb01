"""Is every kept file still what it was: a question to the disk, for the command line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from kycuong.files import store
from kycuong.files.models import Attachment


@dataclass(frozen=True, slots=True)
class Damage:
    """One stored file that is not what its record says."""

    uid: str
    sha256: str
    what: str

    def __str__(self) -> str:
        return f"{self.what}\t{self.sha256}\t{self.uid}"


def damages() -> Iterator[Damage]:
    """Every file and copy whose bytes are missing or changed; each hash is read once."""
    seen: dict[str, str] = {}
    for uid, sha256 in _named():
        if sha256 not in seen:
            seen[sha256] = store.damage_of(sha256)
        if what := seen[sha256]:
            yield Damage(uid, sha256, what)


def strays() -> list[str]:
    """Hashes on the disk that no record names."""
    return list(store.stray({sha256 for _uid, sha256 in _named()}))


def _named() -> Iterator[tuple[str, str]]:
    """(uid, hash) of everything that a record names: attachments, and what capabilities above keep in the same vault."""
    for attachment in Attachment.objects.iterator():
        yield from ((str(attachment.uid), sha256) for sha256 in attachment.hashes)
    for path in settings.FILES_NAMED:
        yield from import_string(path)()
