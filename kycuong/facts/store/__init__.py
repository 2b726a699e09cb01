"""Writing an export, and finding it again."""

from .exporting import Counts, export_facts
from .folder import Folder
from .optional import bounded, needed
from .origin import installation
from .snapshot import Batches, Source, snapshot
from .telling import read_from

__all__ = [
    "Batches",
    "Counts",
    "Folder",
    "Source",
    "bounded",
    "export_facts",
    "installation",
    "needed",
    "read_from",
    "snapshot",
]
