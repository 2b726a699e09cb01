"""Periods: two dates, both included, with the names that reports give them (calendar and NĐ 09/2019)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _

from kycuong.core.problems import BadInput

FIRST_YEAR, LAST_YEAR = 1945, 9000
ADMINISTRATIVE = "nd09"
ROMAN = ("", "I", "II", "III", "IV")
ONE_DAY = timedelta(days=1)

SPAN = re.compile(r"(?P<first>\d{4}-\d{2}-\d{2})(?:\.\.|/)(?P<last>\d{4}-\d{2}-\d{2})", re.ASCII)
NAMED = re.compile(
    r"(?:(?P<system>nd09|lich|calendar):)?(?P<year>\d{4})(?:-(?P<part>Q[1-4]|H[12]|M?(?:0[1-9]|1[0-2])))?",
    re.ASCII | re.IGNORECASE,
)

HOW_VI = "2019 (năm), 2019-H1 (nửa năm), 2019-Q1 (quý), 2019-04 (tháng), nd09:2019-Q1 (quý theo NĐ 09/2019) hoặc 2019-01-01..2019-04-30"
HOW_EN = "2019 (year), 2019-H1 (half), 2019-Q1 (quarter), 2019-04 (month), nd09:2019-Q1 (Decree 09/2019) or 2019-01-01..2019-04-30"


@dataclass(frozen=True)
class Period:
    """Two dates, both included; the last is the cut-off. `name` is the short name it was asked by, if any."""

    first: date
    last: date
    name: str = ""

    @property
    def label(self) -> str:
        """The period as a report's heading says it."""
        return named_label(self.name) if self.name else span_label(self.first, self.last)

    def year_before(self) -> Period:
        """The same period of the year before: whole months stay whole months, 29 February becomes 28 February."""
        if found := NAMED.fullmatch(self.name):
            return named_period(found["system"] or "", int(found["year"]) - 1, found["part"] or "")
        first = a_year_before(self.first)
        if is_month_start(self.first) and is_month_end(self.last):
            return Period(first, month_end(self.last.year - 1, self.last.month))
        return Period(first, a_year_before(self.last))

    def months(self) -> list[str]:
        """The calendar months that the period touches, as «2019-01»."""
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        starts = (month_start(self.first.year, self.first.month + step) for step in range(count))
        return [f"{start:%Y-%m}" for start in starts]

    def as_dict(self) -> dict[str, str]:
        """The period as JSON carries it."""
        return {"from": self.first.isoformat(), "to": self.last.isoformat(), "name": self.name, "label": self.label}


def month_start(year: int, month: int) -> date:
    """The first day of a month; months before 1 and after 12 run into the neighbouring years."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def month_end(year: int, month: int) -> date:
    return month_start(year, month + 1) - ONE_DAY


def is_month_start(day: date) -> bool:
    return day.day == 1


def is_month_end(day: date) -> bool:
    return (day + ONE_DAY).day == 1


def a_year_before(day: date) -> date:
    """The same day of the year before; 28 February for 29 February."""
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)


def months_before(day: date, months: int) -> date:
    """The same day so many months before; the last day of that month where it is shorter."""
    start = month_start(day.year, day.month - months)
    return start.replace(day=min(day.day, month_end(start.year, start.month).day))


def months_of(part: str) -> tuple[int, int]:
    """The first and the last month of a part of a year: «», «H1», «Q3», «04», «M04»."""
    if not part:
        return 1, 12
    number = int(part.lstrip("QHM"))
    width = {"Q": 3, "H": 6}.get(part[0], 1)
    return (number - 1) * width + 1, number * width


def named_period(system: str, year: int, part: str) -> Period:
    """A calendar period, or the one of NĐ 09/2019 that runs from the 15th of the month before to the 14th of its last month."""
    first, last = months_of(part)
    name = f"{year:04d}-{part}" if part else f"{year:04d}"
    if system == ADMINISTRATIVE:
        return Period(month_start(year, first - 1).replace(day=15), date(year, last, 14), f"{ADMINISTRATIVE}:{name}")
    return Period(month_start(year, first), month_end(year, last), name)


def parse_period(text: str) -> Period:
    """The period that a short name or a span of ISO dates means."""
    words = text.strip()
    if span := SPAN.fullmatch(words):
        return between(parse_day(span["first"]), parse_day(span["last"]))
    found = NAMED.fullmatch(words)
    if found is None or not FIRST_YEAR <= int(found["year"]) <= LAST_YEAR:
        raise BadInput(f"Không hiểu kỳ «{text}». Hãy viết: {HOW_VI}.", en=f"No such period: “{text}”. Write: {HOW_EN}.")
    part = (found["part"] or "").upper().lstrip("M")
    return named_period((found["system"] or "").lower(), int(found["year"]), part)


def parse_day(text: str) -> date:
    """A day as ISO writes it."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip(), re.ASCII):
            raise ValueError
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise BadInput(
            f"Không có ngày «{text}». Hãy viết năm-tháng-ngày, ví dụ 2019-04-30.",
            en=f"No such day: “{text}”. Write year-month-day, for example 2019-04-30.",
        ) from None
    return within_reach(day)


def within_reach(day: date) -> date:
    """Years that no report has, and that arithmetic on dates would overflow, are refused."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadInput(
            f"Năm {day.year} nằm ngoài phạm vi. Hãy chọn năm từ {FIRST_YEAR} đến {LAST_YEAR}.",
            en=f"The year {day.year} is out of range. Choose one from {FIRST_YEAR} to {LAST_YEAR}.",
        )
    return day


def between(first: date, last: date) -> Period:
    """Any two dates, both included."""
    if within_reach(first) > within_reach(last):
        raise BadInput(
            f"Ngày đầu kỳ {first:%d/%m/%Y} sau ngày cuối kỳ {last:%d/%m/%Y}. Hãy đổi lại thứ tự.",
            en=f"The first day {first} comes after the last day {last}. Put them in order.",
        )
    return Period(first, last)


def year_to_date(day: date) -> Period:
    """From 1 January to the day: what surfaces show when nobody asks for a period."""
    return between(date(day.year, 1, 1), day)


def period_asked(name: str, first: date | None, last: date | None, *, today: date) -> Period:
    """The period of a request: a name, or two days of which either may be left out; nothing at all is this year so far."""
    if name and (first or last):
        raise BadInput(
            "Hãy ghi kỳ (--period, period) hoặc hai ngày (from, to), không ghi cả hai.",
            en="Give either a period or two days (from, to), not both.",
        )
    if name:
        return parse_period(name)
    end = last or today
    return between(first or date(end.year, 1, 1), end)


def named_label(name: str) -> str:
    """«2019-Q1» → «Quý I năm 2019»."""
    system, _sep, rest = name.rpartition(":")
    year, _sep, part = rest.partition("-")
    if part.startswith("Q"):
        label = _("Quý %(quarter)s năm %(year)s") % {"quarter": ROMAN[int(part[1])], "year": year}
    elif part in HALVES:
        label = gettext(HALVES[part]) % year
    else:
        label = _("Tháng %(month)s năm %(year)s") % {"month": int(part), "year": year}
    return _("%s (kỳ báo cáo NĐ 09/2019)") % label if system else label


HALVES = {
    "": gettext_noop("Năm %s"),
    "H1": gettext_noop("6 tháng đầu năm %s"),
    "H2": gettext_noop("6 tháng cuối năm %s"),
}


def span_label(first: date, last: date) -> str:
    """«4 tháng đầu năm 2019» for whole months from January, else the two dates."""
    if first == date(last.year, 1, 1) and is_month_end(last):
        if last.month == 12:
            return gettext(HALVES[""]) % last.year
        return _("%(months)s tháng đầu năm %(year)s") % {"months": last.month, "year": last.year}
    return _("Ngày %s") % f"{first:%d/%m/%Y}" if first == last else f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"
