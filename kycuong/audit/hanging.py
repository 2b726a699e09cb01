"""From which record rows of the log hang, by their foreign keys: a finding from its visit, a visit from its inspection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import cache

from django.apps import apps
from django.db.models import Model

Row = tuple[str, str]
"""A row as the log names it: model, key."""
AT_ONCE, FARTHEST = 500, 5


def roots(rows: Collection[Row], root: type[Model]) -> dict[Row, int | None]:
    """Row → primary key of the record that it hangs from; None when the row is gone. Rows that hang from none are no keys.

    A question for each model among them, and each five hundred rows.
    """
    keys: dict[str, list[str]] = defaultdict(list)
    for label, key in sorted(set(rows)):
        keys[label].append(key)
    found: dict[Row, int | None] = {}
    for label, wanted in keys.items():
        model: type[Model] = apps.get_model(label)
        path = path_to(root, model)
        if path is None:
            continue
        found |= {(label, key): None for key in wanted}
        named = "uid" if any(field.name == "uid" for field in model._meta.concrete_fields) else "pk"
        for start in range(0, len(wanted), AT_ONCE):
            part = model._base_manager.filter(**{f"{named}__in": wanted[start : start + AT_ONCE]})
            found |= {(label, str(key)): at for key, at in part.values_list(named, path)}
    return found


@cache
def path_to(root: type[Model], model: type[Model]) -> str | None:
    """The way from a model to the root: by keys that every row has, else by any; None without one."""
    return next((path for any_key in (False, True) if (path := _path(root, model, any_key))), None)


def _path(root: type[Model], model: type[Model], any_key: bool) -> str | None:
    if model is root:
        return "pk"
    ways: list[tuple[type[Model], str]] = [(model, "")]
    for _step in range(FARTHEST):
        ways = [
            (field.related_model, f"{way}{field.name}__")
            for at, way in ways
            for field in at._meta.concrete_fields
            if isinstance(field.related_model, type) and field.related_model is not at and (any_key or not field.null)
        ]
        for at, way in ways:
            if at is root:
                return way.removesuffix("__")
    return None
