"""Points of the index of administrative reform: tiers of a rate, as data. The usual ones are reconstructions to be reviewed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation.trans_null import gettext_noop as _

from kycuong.core.problems import BadInput

REVIEW = _("Ngưỡng phục dựng từ nhiều nguồn, do người có chuyên môn rà soát trước khi dùng để tự chấm điểm.")
SCORED = ("coverage", "handling_rate", "remedied_in_time", "agencies_with_plan", "surprise_share")
"""Figures that are rates, so that points may hang on them."""
KINDS = {
    "plans": _("Kế hoạch kiểm tra"),
    "conclusions": _("Thông báo kết quả, kết luận"),
    "remedies": _("Báo cáo khắc phục"),
}
"""Documents that prove a year."""
MISSING = _("cần bổ sung số")
LINE = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s*%?\s*[:=]\s*(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:điểm)?")
EARLIEST = date(2010, 1, 1)


@dataclass(frozen=True, slots=True)
class Tier:
    """From so many percent on, so many points."""

    since: Decimal
    points: Decimal

    def as_pair(self) -> list[str]:
        return [str(self.since), str(self.points)]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the index: which figure it scores, by which tiers, and where these come from."""

    code: str
    title: str
    figure: str
    tiers: tuple[Tier, ...]
    note: str = REVIEW
    valid_from: date | None = None

    @property
    def called(self) -> str:
        """The title in the language of the page, where it is a usual one; what people set stays as they wrote it."""
        return self._said(self.title)

    @property
    def noted(self) -> str:
        return self._said(self.note)

    def _said(self, words: str) -> str:
        return gettext(words) if words and self.valid_from is None else words

    @property
    def most(self) -> Decimal:
        """Full points."""
        return max((tier.points for tier in self.tiers), default=Decimal(0))

    def points(self, numerator: int, denominator: int) -> Decimal | None:
        """The points of the highest tier that is reached; below all of them none, and without a rate nothing to say."""
        if not denominator:
            return None
        reached = [tier.points for tier in self.tiers if numerator * 100 >= tier.since * denominator]
        return max(reached, default=Decimal(0))


def tiers_of(pairs: Sequence[Sequence[str]]) -> tuple[Tier, ...]:
    """As they are stored → tiers, the highest first."""
    tiers = [Tier(Decimal(since), Decimal(points)) for since, points in pairs]
    return tuple(sorted(tiers, key=lambda tier: -tier.since))


USUAL = (
    Criterion(
        "kiem-tra",
        _("Tỷ lệ cơ quan, đơn vị được kiểm tra trong năm"),
        "coverage",
        tiers_of([("30", "1"), ("20", "0.5")]),
    ),
    Criterion(
        "xu-ly",
        _("Xử lý các vấn đề phát hiện qua kiểm tra"),
        "handling_rate",
        tiers_of([("100", "1"), ("80", "0.5")]),
        _(
            "Ngưỡng phục dựng từ nhiều nguồn, do người có chuyên môn rà soát trước khi dùng để tự chấm điểm. Bậc giảm điểm có nguồn ghi từ 70 %, có nguồn ghi từ 80 %."
        ),
    ),
)


def read_tiers(text: str) -> tuple[Tier, ...]:
    """«30 = 1» a line: from 30 % on, one point."""
    found = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        match = LINE.fullmatch(line)
        if match is None:
            raise _unclear(line)
        since, points = (Decimal(part.replace(",", ".")) for part in match.groups())
        found.append(Tier(since, points))
    return tuple(sorted(found, key=lambda tier: -tier.since))


def write_tiers(tiers: Sequence[Tier]) -> str:
    """The same as people type it."""
    return "\n".join(f"{vn(tier.since)} = {vn(tier.points)}" for tier in tiers)


def vn(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", ",")


def ensure_tiers(tiers: Sequence[Tier]) -> None:
    """At least one; percents that differ, of at most 100; more points for more."""
    since = [tier.since for tier in tiers]
    points = [tier.points for tier in tiers]
    if not tiers or len(set(since)) < len(since) or max(since) > 100 or points != sorted(points, reverse=True):
        raise BadInput(
            "Cần ít nhất một bậc; mỗi bậc một tỷ lệ khác nhau, không quá 100 %; tỷ lệ cao hơn thì điểm không thấp hơn.",
            en="At least one tier; each from another percentage of at most 100; a higher one never gives fewer points.",
            errors=[{"field": "tiers", "vi": "Hãy xem lại các bậc.", "en": "Look at the tiers again."}],
        )


def ensure_figure_scored(figure: str) -> None:
    if figure not in SCORED:
        raise BadInput(
            f"Số liệu «{figure}» không phải là tỷ lệ chấm điểm được. Hãy chọn: {', '.join(SCORED)}.",
            en=f"“{figure}” is no rate that can be scored. Choose one of: {', '.join(SCORED)}.",
            errors=[{"field": "figure", "vi": "Hãy chọn số liệu khác.", "en": "Choose another figure."}],
        )


def ensure_starts(valid_from: date, *, today: date) -> None:
    """A rule may be recorded late, as it held then; not further ahead than a year."""
    if not EARLIEST <= valid_from <= today + timedelta(days=366):
        raise BadInput(
            f"Ngày áp dụng phải từ {EARLIEST:%d/%m/%Y} đến một năm sau hôm nay.",
            en=f"The day from which it holds lies between {EARLIEST:%Y-%m-%d} and a year from now.",
            errors=[{"field": "valid_from", "vi": "Hãy chọn ngày khác.", "en": "Choose another day."}],
        )


def _unclear(line: str) -> BadInput:
    return BadInput(
        f"Chưa hiểu dòng «{line[:60]}». Mỗi bậc một dòng: tỷ lệ % từ đó trở lên, dấu bằng, số điểm; ví dụ 30 = 1.",
        en="A line cannot be read. One tier a line: the percentage, an equals sign, the points; for example 30 = 1.",
        errors=[{"field": "tiers", "vi": "Mỗi bậc một dòng, ví dụ 30 = 1.", "en": "One tier a line, as 30 = 1."}],
    )
