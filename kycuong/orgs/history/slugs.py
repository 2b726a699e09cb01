"""Addresses of new units: stable, readable, never given twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain

from kycuong.core.problems import BadInput
from kycuong.core.vietnamese import slug as slug_of
from kycuong.orgs.models import Unit
from kycuong.orgs.rules import RESERVED_SLUGS

from .shape import Draft, Party

LENGTH = 150


def slugs_for(drafts: Sequence[Draft], *, on: date) -> dict[Draft, str]:
    """Plain names where they are free; homonyms of the day bear their parent's, later comers the year."""
    plain = {draft: slug_of(draft.slug or draft.name)[:LENGTH] for draft in drafts}
    _ensure_wanted_free(drafts, plain)
    times = Counter(plain.values())
    bearers = _bearers(plain.values(), on=on)
    given: dict[Draft, str] = {}
    taken: set[str] = set()
    for draft in drafts:
        base = plain[draft]
        living = bearers.get(base)
        if times[base] > 1 or living:
            base = _cut(base, _slug_of_party(draft.parent, given))
        elif living is False:
            base = _cut(base, str(on.year))
        given[draft] = base = _free(base, taken, on)
        taken.add(base)
    return given


def _ensure_wanted_free(drafts: Sequence[Draft], plain: dict[Draft, str]) -> None:
    wanted = [plain[draft] for draft in drafts if draft.slug]
    if wanted and (found := Unit.objects.filter(slug__in=wanted).first()):
        raise BadInput(
            f"Địa chỉ {found.slug} đã thuộc {found}; hãy chọn địa chỉ khác.",
            en=f"The address {found.slug} already belongs to {found}; choose another.",
            errors=[{"field": "slug", "vi": "địa chỉ đã dùng", "en": "address in use"}],
        )


def _bearers(slugs: Iterable[str], *, on: date) -> dict[str, bool]:
    """Slug → whether its bearer exists on the day; free slugs are missing."""
    wanted = sorted(set(slugs))
    found: dict[str, bool] = {slug: True for slug in wanted if slug in RESERVED_SLUGS}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        units = Unit.objects.filter(slug__in=part)
        found |= dict.fromkeys(units.values_list("slug", flat=True), False)
        found |= dict.fromkeys(units.existing(on=on).values_list("slug", flat=True), True)
    return found


def _free(base: str, taken: set[str], on: date) -> str:
    """The slug itself, else with the year, else with a number."""
    numbered = (_cut(base, f"{on.year}-{number}") for number in range(2, 1000))
    tries = chain([base, _cut(base, str(on.year))], numbered)  # one by one: nearly always the first is free
    for slug in tries:
        if slug not in taken and slug not in RESERVED_SLUGS and not Unit.objects.filter(slug=slug).exists():
            return slug
    raise BadInput(
        f"Không còn địa chỉ cho {base}; hãy ghi một địa chỉ riêng.", en=f"No address is left for {base}; write one."
    )


def _slug_of_party(party: Party | None, given: dict[Draft, str]) -> str:
    if isinstance(party, Draft):
        return given[party]
    return party.slug if party else ""


def _cut(base: str, ending: str) -> str:
    """`base-ending` within the length; a long base gives way."""
    return f"{base[: LENGTH - len(ending) - 1]}-{ending}" if ending else base
