"""What only the XML parts of an .xlsx tell: formulas never calculated, formulas in error, far cells, fonts."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from defusedxml.ElementTree import fromstring

from .cells import index_of
from .legacy import is_suspected

MAX_ROWS = 20_000
MAX_COLUMNS = 60
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
ADDRESS = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
CONTENT = re.compile(rb"<(?:\w+:)?(?:v|t)(?:\s[^>]*)?>([^<]+)<")
FAULT = re.compile(rb"\bt=\"e\"")
ROW_END = re.compile(rb"</(?:\w+:)?row>")
FAR = re.compile(rb"r=\"(?:[A-Z]{1,3}(?:[89]\d{4}|\d{6,7})|(?:[A-Z]{3}|[J-Z][A-Z]|I[F-Z])\d+)\"")


@dataclass
class Detail:
    """What was noticed in one sheet, by address."""

    uncomputed: list[str] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)
    far: str = ""


def look(data: bytes) -> dict[str, Detail]:
    """Details of each visible sheet by its name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: _scan(archive.read(part)) for name, part in _sheet_parts(archive).items()}


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    targets = {
        link.get("Id"): link.get("Target", "") for link in fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    found = {}
    for sheet in fromstring(archive.read("xl/workbook.xml")).iter():
        target = targets.get(sheet.get(RELATION))
        if not sheet.tag.endswith("}sheet") or not target or sheet.get("state", "visible") != "visible":
            continue
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if part in names:
            found[sheet.get("name", "")] = part
    return found


def _notable(xml: bytes) -> Iterable[bytes]:
    """The rows that may hold a formula, an error or a cell far away: no other is looked into cell by cell."""
    # A plain split is much faster than one by a pattern: prefixes («x:row») are rare.
    rows = ROW_END.split(xml) if b":row>" in xml else xml.split(b"</row>")
    if FAR.search(xml):
        return rows
    return [row for row in rows if b"<f" in row or b":f" in row or b't="e"' in row]


def _scan(xml: bytes) -> Detail:
    detail = Detail()
    for found in chain.from_iterable(map(CELL.finditer, _notable(xml))):
        body = found.group(2) or b""
        place = ADDRESS.search(found.group(1))
        if not body or not place:
            continue
        content = CONTENT.search(body)
        address = (place.group(1) + place.group(2)).decode()
        if FAULT.search(found.group(1)):
            detail.faults[address] = content.group(1).decode("ascii", "replace") if content else "#N/A"
        elif FORMULA.search(body) and not content and b't="str"' not in found.group(1):
            detail.uncomputed.append(address)
        if content and (int(place.group(2)) > 4 * MAX_ROWS or index_of(place.group(1).decode()) >= 4 * MAX_COLUMNS):
            detail.far = detail.far or address
    return detail


def add_fonts(data: bytes, sheets: list[dict[str, Any]]) -> None:
    """Give each suspected cell of a sheet the name of its font. Only then is openpyxl's slower reading worth its time."""
    suspects = [sheet for sheet in sheets if any(map(is_suspected, _foreign(sheet["rows"])))]
    if not suspects:
        return
    import openpyxl  # noqa: PLC0415 - it takes longer to load than most files to read, and few files need it

    if not openpyxl.DEFUSEDXML:  # pragma: no cover - a wrong installation must not parse strangers' files
        raise ImportError("openpyxl must find defusedxml")
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    for sheet in suspects:
        source = book[sheet["name"]]
        source.reset_dimensions()
        height, width = len(sheet["rows"]), max(map(len, sheet["rows"]))
        fonts: dict[str, str] = {}
        for row in source.iter_rows(max_row=height, max_col=width):
            for cell in row:
                if isinstance(cell.value, str) and not cell.value.isascii() and cell.font and cell.font.name:
                    fonts[cell.coordinate] = cell.font.name
        sheet["fonts"] = fonts
    book.close()


def _foreign(rows: list[list[Any]]) -> list[str]:
    """The texts that are not plain ASCII: nothing else can be in an old encoding."""
    return [value for row in rows for value in row if type(value) is str and not value.isascii()]
