"""How a calendar is written for other programs (RFC 5545), and which days it holds. No database, no HTTP."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from kycuong.ui.todo import Dated

BACK, AHEAD = timedelta(days=62), timedelta(days=366)
"""From two months ago to a year ahead."""
LONGEST_LINE = 75
"""Bytes of a line without its end (RFC 5545, 3.1)."""
LATE = "Quá hạn: "
ASKED_AGAIN = "PT6H"


def calendar(lines: Iterable[Dated], *, name: str, base: str, stamp: datetime) -> str:
    """The whole calendar: one event a day and line, all day long. `base`: where pages of ours are; `stamp`: when the address
    was made, so that the same lines are the same bytes."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ky Cuong//Lich//VI", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    named = [
        f"X-WR-CALNAME:{escaped(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{ASKED_AGAIN}",
        f"X-PUBLISHED-TTL:{ASKED_AGAIN}",
    ]
    events = [part for line in events_of(lines, base, stamp) for part in line]
    return "".join(f"{folded(line)}\r\n" for line in [*head, *named, *events, "END:VCALENDAR"])


def events_of(lines: Iterable[Dated], base: str, stamp: datetime) -> Iterator[list[str]]:
    """What has no day stands in no calendar of others."""
    seen: dict[str, int] = {}
    for line in lines:
        if line.day is None:
            continue
        place = f"{line.url}|{line.day:%Y%m%d}"
        seen[place] = seen.get(place, -1) + 1
        uid = hashlib.sha256(f"{place}|{seen[place]}".encode()).hexdigest()[:32]
        late = LATE if line.tone == "late" else ""
        yield [
            "BEGIN:VEVENT",
            f"UID:{uid}@kycuong",
            f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{line.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{line.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escaped(f'{late}{line.what} · {line.about}')}",
            f"URL:{base}{line.url}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]


def escaped(text: str) -> str:
    """A value of the type TEXT (RFC 5545, 3.3.11), in one line and without what is no letter."""
    plain = "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def folded(line: str) -> str:
    """Cut after at most 75 bytes, never within a letter; what follows begins with a blank."""
    pieces, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LONGEST_LINE:
            pieces.append(" ")
            size = 1
        pieces[-1] += letter
        size += width
    return "\r\n".join(pieces)


def window(today: date) -> tuple[date, date]:
    """The first and the last day of the calendar."""
    return today - BACK, today + AHEAD
