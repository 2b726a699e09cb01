"""How long names of people are kept, and when they are erased. The number of years is a proposal for review."""

from __future__ import annotations

from datetime import date, timedelta

from kycuong.core.problems import BadInput, RuleBroken

YEARS = 5
MOST_YEARS = 70


def kept_until(last: date, years: int) -> date:
    """The last day of the term that begins with the last thing that happened; 29/2 counts to the end of February."""
    try:
        return last.replace(year=last.year + years)
    except ValueError:
        return last.replace(year=last.year + years, day=28)


def ensure_years(years: int, *, valid_from: date, today: date) -> None:
    """A term that means something, from today on."""
    if not 1 <= years <= MOST_YEARS:
        raise BadInput(
            f"Số năm giữ họ tên phải từ 1 đến {MOST_YEARS}.",
            en=f"Names are kept between 1 and {MOST_YEARS} years.",
            errors=[{"field": "years", "vi": "Số năm chưa đúng.", "en": "Not a possible number of years."}],
        )
    if valid_from < today or valid_from > today + timedelta(days=366):
        raise BadInput(
            f"Ngày áp dụng phải từ {today:%d/%m/%Y} và trong vòng một năm.",
            en="The day from which it holds lies between today and a year from now.",
            errors=[{"field": "valid_from", "vi": "Hãy chọn ngày khác.", "en": "Choose another day."}],
        )


def ensure_term_over(until: date, *, today: date) -> None:
    if today <= until:
        raise RuleBroken(
            f"Thời hạn giữ họ tên của lượt này đến hết ngày {until:%d/%m/%Y} nên chưa xóa.",
            en=f"Names of this visit are kept until {until}: nothing is erased before.",
        )


def ensure_not_held(held: bool) -> None:
    if held:
        raise RuleBroken(
            "Hồ sơ đang được giữ lại theo yêu cầu nên chưa xóa họ tên. Hãy kết thúc việc giữ lại trước.",
            en="The record is on hold, so no name is erased. End the hold first.",
        )


def ensure_hold(*, there: bool, wanted: bool) -> None:
    """A hold begins once and ends once."""
    if there == wanted:
        words = "Hồ sơ này đã được giữ lại từ trước." if there else "Hồ sơ này không bị giữ lại."
        raise RuleBroken(words, en="The record is on hold already." if there else "The record is not on hold.")
