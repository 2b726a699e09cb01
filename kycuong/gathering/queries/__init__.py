"""What pages, API and command line ask of gatherings: files and where they stand, who has not sent, declared beside computed."""

from __future__ import annotations

from .comparing import Comparison, Pair, columns_told, compare, computed_for, hidden_letters, holding_files
from .files import by_attention, in_the_way, is_ready, kept_files, ready_files, same_bytes, stands_again
from .standing import Standing, standing_of

__all__ = [
    "Comparison",
    "Pair",
    "Standing",
    "by_attention",
    "columns_told",
    "compare",
    "computed_for",
    "hidden_letters",
    "holding_files",
    "in_the_way",
    "is_ready",
    "kept_files",
    "ready_files",
    "same_bytes",
    "stands_again",
    "standing_of",
]
