"""A zip without the moment at which it was packed: the same parts give the same bytes whenever they are put together."""

from __future__ import annotations

import io
import zipfile

DAY = b"\x00\x00\x21\x00"
"""00:00 on 1 January 1980, the first day that a zip can name, as its two fields of time and date hold it."""
LOCAL, CENTRAL = 10, 12
"""Where the two stand, counted from the beginning of a part's own head and of its line in the directory."""
LINE = 46
"""Bytes of a line of the directory before the name."""


def timeless(data: bytes) -> bytes:
    """The same archive, byte for byte but for the moments in it. Nothing is unpacked."""
    told = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        place = archive.start_dir
        for entry in archive.infolist():
            told[entry.header_offset + LOCAL : entry.header_offset + LOCAL + len(DAY)] = DAY
            told[place + CENTRAL : place + CENTRAL + len(DAY)] = DAY
            place += LINE + sum(int.from_bytes(told[place + at : place + at + 2], "little") for at in (28, 30, 32))
    return bytes(told)
