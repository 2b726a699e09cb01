"""Writing an export, and finding it again."""

from .exporting import Counts, export_facts
from .folder import Folder
from .optional import needed
from .snapshot import Batches, Source, snapshot

__all__ = ["Batches", "Counts", "Folder", "Source", "export_facts", "needed", "snapshot"]
