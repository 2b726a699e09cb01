"""Whom a campaign asks: units of the chosen kinds under its authority on a day, and those chosen singly."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from kycuong.features.authority import off_at, under
from kycuong.orgs.models import Closure, Person, Unit
from kycuong.orgs.queries import full_names, versions_on
from kycuong.orgs.rules import INSPECTABLE
from kycuong.selfchecks.models import SelfCheck, SelfCheckCampaign


def units_asked(authority: Unit, kinds: Collection[str], singly: Collection[int], *, on: date) -> list[int]:
    """Keys of the units, each once; those that do not exist on the day are left out."""
    below = set(_under(authority, on))
    versions = versions_on(below, on)
    chosen = {pk for pk in below if versions[pk].kind in kinds and versions[pk].kind in INSPECTABLE}
    return sorted(chosen | (set(singly) & below))


def strangers_to(authority: Unit, units: Collection[Unit], *, on: date) -> list[str]:
    """Names of the units that the authority may not ask: not under it, or never inspected."""
    below, versions = set(_under(authority, on)), versions_on([unit.pk for unit in units], on)
    bad = [unit.pk for unit in units if unit.pk not in below or versions[unit.pk].kind not in INSPECTABLE]
    names = full_names(bad, on)
    return [names[pk] for pk in bad]


def unit_named(unit: Unit, on: date) -> str:
    return full_names([unit.pk], on)[unit.pk]


def campaign_units(campaign: SelfCheckCampaign, *, on: date) -> list[int]:
    """Whom the campaign as it stands would ask on a day: not those where self-checks are switched off."""
    chosen = _chosen(campaign, on)
    off = off_at("selfchecks", chosen)
    return [pk for pk in chosen if pk not in off]


def units_left_out(campaign: SelfCheckCampaign, *, on: date) -> list[str]:
    """Names of those that it would ask if self-checks were not switched off there."""
    off = off_at("selfchecks", _chosen(campaign, on))
    return sorted(full_names(off, on).values())


def open_under(person: Person, unit: Unit) -> int:
    """Self-checks that the unit or one below it still has to hand in, as far as the person may see them."""
    return SelfCheck.objects.visible_to(person).filter(unit__in=under(unit)).open().count()


def _chosen(campaign: SelfCheckCampaign, on: date) -> list[int]:
    singly = campaign.units.values_list("pk", flat=True)
    return units_asked(campaign.authority, campaign.kinds, list(singly), on=on)


def _under(authority: Unit, day: date) -> list[int]:
    """Units below the authority on the day."""
    rows = Closure.objects.filter(ancestor=authority, depth__gt=0, valid_from__lte=day, valid_to__gt=day)
    return list(rows.values_list("descendant_id", flat=True))
