"""Backups on the disk: encrypted files in a folder, their digests, and what is remembered of the last ones."""

from .folder import Folder
from .remembered import Remembered, remember, remembered
from .sealed import mark_of, new_identity, open_sealed, read_identity, read_recipient, seal_stream
from .staging import remains, staging, sweep_remains

__all__ = [
    "Folder",
    "Remembered",
    "mark_of",
    "new_identity",
    "open_sealed",
    "read_identity",
    "read_recipient",
    "remains",
    "remember",
    "remembered",
    "seal_stream",
    "staging",
    "sweep_remains",
]
