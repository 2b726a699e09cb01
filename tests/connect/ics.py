"""A strict reader of calendars, by RFC 5545: what it cannot read, it refuses."""

from __future__ import annotations

import re

LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[^;:]+)*):(.*)", re.DOTALL)
TEXT = {"SUMMARY", "X-WR-CALNAME"}
ONCE = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "URL")


def read(data: bytes) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The properties of the calendar, and those of each event."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b""), "a line ends with CR and LF"
    whole: list[str] = []
    for raw in data[:-2].split(b"\r\n"):
        assert 0 < len(raw) <= 75
        line = raw.decode()  # no letter is cut in two
        if line.startswith(" "):
            whole[-1] += line[1:]
        else:
            whole.append(line)
    assert (whole[0], whole[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    head: dict[str, str] = {}
    events: list[dict[str, str]] = []
    place = head
    for line in whole[1:-1]:
        found = LINE.fullmatch(line)
        assert found, line
        name, parameters, value = found.groups()
        if line == "BEGIN:VEVENT":
            assert place is head
            place = {}
        elif line == "END:VEVENT":
            assert place is not head
            assert place.keys() >= set(ONCE)
            events.append(place)
            place = head
        else:
            assert name not in place, f"{name} twice"
            place[name] = text_in(value) if name in TEXT else value
            if name in ("DTSTART", "DTEND"):
                assert parameters == ";VALUE=DATE"
                assert re.fullmatch(r"\d{8}", value)
    assert place is head
    assert head.keys() >= {"VERSION", "PRODID"}
    assert len({event["UID"] for event in events}) == len(events)
    return head, events


def text_in(value: str) -> str:
    assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", value), value
    assert re.fullmatch(r"(?:[^\\]|\\[\\;,nN])*", value), value
    return re.sub(r"\\(.)", r"\1", value)
