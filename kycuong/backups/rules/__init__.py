"""What a backup says of itself, when one is due, which are kept."""

from .description import Description, Difference, differences
from .keeping import ARCHIVE, archive_name, kept_archives, made_at_of

__all__ = [
    "ARCHIVE",
    "Description",
    "Difference",
    "archive_name",
    "differences",
    "kept_archives",
    "made_at_of",
]
