"""A day, an hour and a moment as programs write them (ISO 8601): `2019-03-05`, `08:30`, `2019-03-05T08:30:00+07:00`. A number is none of them.

The library behind the API would take «0» for 1 January 1970, and a moment for its day: what was mistyped would be counted on a day that nobody meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Annotated, Any, LiteralString

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
HOUR = re.compile(r"\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:?\d{2})?", re.ASCII)
MOMENT = re.compile(rf"{DAY.pattern}[Tt _]{HOUR.pattern}", re.ASCII)


def written_as(
    shape: re.Pattern[str], kind: type, fault: LiteralString, sentence: LiteralString
) -> Callable[[Any], Any]:
    """Lets through what is of that kind already, and text of that shape; which day or hour it is, is asked afterwards."""

    def check(given: Any) -> Any:
        a_day_too = kind is date and isinstance(given, datetime)  # to Python a moment is a day
        if (isinstance(given, kind) and not a_day_too) or (isinstance(given, str) and shape.fullmatch(given)):
            return given
        raise PydanticCustomError(fault, sentence)

    return check


IsoDay = Annotated[
    date, BeforeValidator(written_as(DAY, date, "no_day", "Write the day as YYYY-MM-DD, for example 2019-03-05"))
]
IsoHour = Annotated[
    time, BeforeValidator(written_as(HOUR, time, "no_hour", "Write the hour as HH:MM, for example 08:30"))
]
IsoMoment = Annotated[
    datetime,
    BeforeValidator(written_as(MOMENT, datetime, "no_moment", "Write the moment as 2019-03-05T08:30:00+07:00")),
]
