"""Backups on the disk: encrypted files in a folder, their digests, and what is remembered of the last ones."""

from .folder import Folder
from .remembered import Remembered, remember, remembered
from .sealed import new_identity, open_sealed, read_identity, read_recipient, seal_stream

__all__ = [
    "Folder",
    "Remembered",
    "new_identity",
    "open_sealed",
    "read_identity",
    "read_recipient",
    "remember",
    "remembered",
    "seal_stream",
]
