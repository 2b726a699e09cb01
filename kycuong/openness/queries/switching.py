"""Whether the page is open, since when, by which terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kycuong.openness.models import PublicationRule, PublicationSwitch
from kycuong.openness.rules import PublicationTerms, Switched, is_hearing, is_open


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands on a day: open or not, the opening that is still to come, the terms."""

    is_open: bool
    opens_on: date | None
    terms: PublicationTerms


def switchings() -> list[Switched]:
    """All of them, the last one last."""
    return [one.meant for one in PublicationSwitch.objects.order_by("pk")]


def is_open_now(day: date) -> bool:
    return is_open(switchings(), day)


def standing(day: date) -> Standing:
    """A coming opening counts only as long as nobody closed the page after it was decided."""
    all_ = switchings()
    days = sorted({one.valid_from for one in all_ if one.valid_from > day and is_open(all_, one.valid_from)})
    opened = is_open(all_, day)
    return Standing(opened, None if opened or not days else days[0], PublicationRule.on(day))


def is_hearing_now(day: date) -> bool:
    return is_hearing(switchings(), day)


def has_heard(day: date) -> bool:
    """Whether anybody may have a code: it stays good after the page was closed."""
    return any(one.hears and one.valid_from <= day for one in switchings())


def history() -> list[PublicationSwitch]:
    """Who switched it, the last one first."""
    return list(PublicationSwitch.objects.select_related("set_by").order_by("-pk"))


def held_rules() -> list[PublicationRule]:
    """Every setting of the terms, the latest first."""
    return list(PublicationRule.objects.select_related("set_by").order_by("-valid_from"))
