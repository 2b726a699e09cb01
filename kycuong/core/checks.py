"""A row is checked before it is written, and what Django finds wrong with it is said as a problem of ours."""

from __future__ import annotations

import logging
from collections.abc import Collection
from functools import cache, partial

from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.models import BaseConstraint, CheckConstraint, Model, UniqueConstraint

from .asking import failures_told
from .conditions import surely_holds
from .problems import BadInput, Stale
from .refusals import unfit_words

log = logging.getLogger(__name__)
Fault = dict[str, str]
AS_READ = "_kycuong_as_read"


def ensure_clean(row: Model, *, exclude: Collection[str] = ()) -> None:
    """`full_clean`, with every fault told by its field, and NUL characters refused: PostgreSQL cannot store them."""
    faults = _with_nul(row)
    try:
        if not faults:
            with failures_told(row._state.db or DEFAULT_DB_ALIAS):
                _full_clean(row, set(exclude))
    except ValidationError as error:
        faults = _faults(row, error)
    _raise(faults)


def ensure_values(row: Model) -> None:
    """The same without a query, for rows that come by the thousand: lengths, choices, NUL; not keys and constraints."""
    faults = _with_nul(row)
    relations = {field.name for field in row._meta.concrete_fields if field.is_relation or field.primary_key}
    try:
        if not faults:
            row.clean_fields(exclude=relations)
    except ValidationError as error:
        faults = _faults(row, error)
    _raise(faults)


def refresh(row: Model) -> None:
    """Read the row as it is now: it was fetched before the act's turn came. Stale when somebody has taken it away.

    What it then names by a key is there, and its own id is its own: `ensure_clean` does not ask again for what stays as it was read.
    """
    try:
        row.refresh_from_db()
    except ObjectDoesNotExist:
        raise Stale(
            "Bản ghi này vừa được người khác xóa nên không còn gì để ghi. Hãy quay lại trang trước để xem hiện trạng.",
            en="Somebody else has just removed this record, so there is nothing left to write to. Go back to see what is there.",
        ) from None
    row.__dict__[AS_READ] = {name: getattr(row, name) for name in _asked_of_others(type(row)).values()}


@cache
def _asked_of_others(model: type[Model]) -> dict[str, str]:
    """Fields for which checking is a query, as they name another row or no other row may hold the same. Name → attribute."""
    unique = [one for one in model._meta.constraints if isinstance(one, UniqueConstraint)]
    shared = {name for one in unique for name in _fields_of(one)}
    fields = [one for one in model._meta.concrete_fields if one.is_relation or one.unique or one.name in shared]
    return {one.name: one.attname for one in fields}


def _fields_of(constraint: UniqueConstraint) -> set[str]:
    """What it is about, its condition included."""
    return {*constraint.fields, *(constraint.condition.referenced_base_fields if constraint.condition else ())}


def _as_read(row: Model) -> set[str]:
    """Of these, what is as the database gave it."""
    read = {} if row._state.adding else row.__dict__.get(AS_READ, {})
    return {name for name, at in _asked_of_others(type(row)).items() if at in read and read[at] == getattr(row, at)}


def _full_clean(row: Model, exclude: set[str]) -> None:
    """As Django does it, but a condition is put to the database only where it may fail: each would be a query."""
    faults: dict[str, list[ValidationError]] = {}
    same = _as_read(row)
    fields = row._meta.concrete_fields
    unique = exclude | {one.name for one in fields if one.unique} & same
    named = exclude | {one.name for one in fields if one.is_relation} & same
    for check in (partial(row.clean_fields, named), row.clean, partial(row.validate_unique, unique)):
        try:
            check()
        except ValidationError as error:
            faults = error.update_error_dict(faults)
            told = {name for name in faults if name != NON_FIELD_ERRORS}
            exclude |= told
            unique |= told
    try:
        if not _constraints_hold(row, exclude, same):
            row.validate_constraints(exclude=exclude)
    except ValidationError as error:
        faults = error.update_error_dict(faults)
    if faults:
        raise ValidationError(faults)


def _constraints_hold(row: Model, exclude: set[str], same: set[str]) -> bool:
    """Whether all surely hold; if not, Django words which does not. What is all `same` held when it was written."""
    for model, constraints in row.get_constraints():
        for constraint in constraints:
            if (
                isinstance(constraint, UniqueConstraint)
                and not constraint.expressions
                and _fields_of(constraint) <= same
            ):
                continue
            if not isinstance(constraint, CheckConstraint):
                if not _unique(constraint, model, row, exclude):
                    return False
            elif not surely_holds(constraint.condition, row):
                return False
    return True


def _unique(constraint: BaseConstraint, model: type[Model], row: Model, exclude: set[str]) -> bool:
    try:
        constraint.validate(model, row, exclude=exclude)
    except ValidationError:
        return False
    return True


def _raise(faults: list[Fault]) -> None:
    if faults:
        raise BadInput(
            " ".join(fault["vi"] for fault in faults), en=" ".join(fault["en"] for fault in faults), errors=faults
        )


def _with_nul(row: Model) -> list[Fault]:
    texts = [field.name for field in row._meta.concrete_fields if "\x00" in str(row.__dict__.get(field.attname, ""))]
    return [_fault(row, name, "có ký tự không đọc được.", "holds a NUL character") for name in texts]


def _faults(row: Model, error: ValidationError) -> list[Fault]:
    unworded = _unworded(row)
    found = []
    for name, errors in error.error_dict.items():
        for one in errors:
            if condition := unworded.get(one.messages[0]):
                log.error("unfit: %s %s", row._meta.label, condition)
                found.append({"field": "", "vi": unfit_words().vi, "en": unfit_words().en})
            else:
                found.append(_fault(row, name, one.messages[0], str(one.code or "invalid")))
    return found


def _unworded(row: Model) -> dict[str, str]:
    """What Django says of the conditions for which nobody wrote a sentence, as no rule should let anybody come so far: words → name."""
    own = [one for _model, constraints in row.get_constraints() for one in constraints]
    silent = [one for one in own if one.violation_error_message is one.default_violation_error_message]
    return {str(one.get_violation_error_message()): one.name for one in silent}


def _fault(row: Model, name: str, vi: str, en: str) -> Fault:
    if name == NON_FIELD_ERRORS:
        return {"field": "", "vi": vi, "en": f"The record is not in order ({en})."}
    title = str(getattr(row._meta.get_field(name), "verbose_name", name))
    return {"field": name, "vi": f"{title[:1].upper()}{title[1:]}: {vi}", "en": f"{name}: {en}."}
