"""What a table's conditions say of one row, without asking the database: a row of ten conditions costs no ten queries.

The database still asks each when the row is written. Here only what surely holds is told; whoever gets anything else
asks Django, which asks the database and words the fault.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db.models import F, Model, Q
from django.db.models.constants import LOOKUP_SEP
from django.db.models.expressions import BaseExpression

Truth = bool | None
"""True, False, or None where SQL would say NULL."""

ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
}
SIMPLE = (str, int, date, datetime)


class Unsure(Exception):
    """Something that only the database can say."""


def surely_holds(condition: Q | BaseExpression, row: Model) -> bool:
    """Whether a CHECK of the database would let this row pass. False also for what is not understood here."""
    try:
        return isinstance(condition, Q) and _truth(condition, row) is not False
    except Unsure:
        return False


def _truth(condition: Q, row: Model) -> Truth:
    parts = [_truth(one, row) if isinstance(one, Q) else _compared(one, row) for one in condition.children]
    if condition.connector == Q.AND:
        found = False if False in parts else None if None in parts else True
    elif condition.connector == Q.OR:
        found = True if True in parts else None if None in parts else False
    else:
        raise Unsure
    return (None if found is None else not found) if condition.negated else found


def _compared(part: Any, row: Model) -> Truth:
    if not isinstance(part, tuple):
        raise Unsure
    name, _, lookup = part[0].partition(LOOKUP_SEP)
    mine, other = _value(name, row), part[1]
    if lookup == "isnull" or (other is None and lookup in ("", "exact")):
        return (mine is None) == (other if lookup == "isnull" else True)
    if isinstance(other, F):
        other = _value(str(other.deconstruct()[1][0]), row)
    if lookup == "in":
        return None if mine is None else any(_alike(mine, one) and mine == one for one in other)
    if mine is None or other is None:
        return None
    if lookup in ("", "exact"):
        return bool(_alike(mine, other) and mine == other)
    if lookup not in ORDERS or not _alike(mine, other) or isinstance(mine, str):  # databases sort texts each in its way
        raise Unsure
    return ORDERS[lookup](mine, other)


def _value(name: str, row: Model) -> Any:
    """What the row holds in this field: a key for a relation."""
    fields = [field for field in row._meta.concrete_fields if name in (field.name, field.attname)]
    if len(fields) != 1 or fields[0].attname not in row.__dict__:
        raise Unsure
    value = row.__dict__[fields[0].attname]
    if value is not None and not isinstance(value, SIMPLE):
        raise Unsure
    return value


def _alike(one: Any, other: Any) -> bool:
    """Only values of one kind are compared here."""
    kinds = [str if isinstance(each, str) else int if isinstance(each, int) else type(each) for each in (one, other)]
    if kinds[0] is not kinds[1] or kinds[0] not in SIMPLE:
        raise Unsure
    return True
