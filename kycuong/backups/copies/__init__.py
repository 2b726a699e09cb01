"""Making backups, restoring them into an empty place, and trying that it works."""

from .drilling import drill
from .restoring import restore
from .taking import take_backup

__all__ = ["drill", "restore", "take_backup"]
