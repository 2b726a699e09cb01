"""«Bà A thay ông B»: who is named as the maker of a record is named with the one in whose stead."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.db.models import Model
from django.utils.translation import gettext as _

from kycuong.audit.canonical import key_of
from kycuong.orgs.models import Person
from kycuong.orgs.queries.instead import Instead, instead_in

register = template.Library()


@register.simple_tag
def stood_in_at(*rows: Model | Iterable[Model] | None) -> Instead:
    """Asked once for all rows of a page, ahead of the loop that names their makers."""
    told: list[Model] = []
    for one in rows:
        told += [one] if isinstance(one, Model) else list(one or ())
    return instead_in(told)


@register.simple_tag
def instead(told: Instead | None, row: Model | None, who: Person | None, verb: str = "") -> str:
    """« thay ông B», or nothing. `verb`: of a row to which the same person did several things."""
    if not told or row is None or who is None:
        return ""
    key = key_of(row)
    acts = [people for (at, by, done), people in told.items() if (at, by) == (key, who.pk) and verb in ("", done)]
    names = dict.fromkeys(str(one) for people in acts for one in people)
    return f" {_('thay')} {', '.join(names)}" if names else ""
