"""The kinds of files that can be imported: each capability has its own importer; here is only the list."""

from __future__ import annotations

import kycuong.catalog.imports
import kycuong.inspections.imports
import kycuong.orgs.imports
import kycuong.orgs.imports.people
from kycuong.sheets.importing import Importer

IMPORTERS: list[Importer] = [
    kycuong.orgs.imports.UNITS,
    kycuong.orgs.imports.people.PEOPLE,
    kycuong.inspections.imports.VISITS,
    kycuong.catalog.imports.CHECKLISTS,
]


def importer_called(name: str) -> Importer:
    """The importer of that name; the command line offers no other names."""
    return next(importer for importer in IMPORTERS if importer.name == name)
