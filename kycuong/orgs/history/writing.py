"""Writes a checked plan: rows closed, rows opened, the reorganisation and its successions, the log, what is derived."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string

from kycuong.core.problems import BadInput
from kycuong.core.vietnamese import clean, search_key, sort_key
from kycuong.orgs.models import Edge, Person, Reorganisation, Succession, Unit, UnitCode, UnitVersion
from kycuong.orgs.rules import FOREVER

from .batch import conclude
from .records import chunks
from .shape import Document, Draft, NewName, Party, Plan
from .slugs import slugs_for

TITLE_LENGTH, NUMBER_LENGTH, NOTE_LENGTH = 300, 80, 300
KEY_LENGTH = 400


def carry_out(plan: Plan, *, by: Person | None, document: Document) -> Reorganisation:
    """Write the plan inside the caller's transaction. `born` on the result lists the new units in the plan's order."""
    reorganisation = _reorganisation(plan, document, by)
    closed = _close(plan)
    born = _begin(plan)
    opened = _open(plan, born)
    successions = _successions(plan, reorganisation, born)
    rows: list[Model] = [reorganisation, *born.values(), *closed, *opened, *successions]
    moved = [move.unit.pk for move in plan.moves]
    touched = {unit.pk for unit in [*plan.ends, *born.values()]} | set(moved)
    parties = touched | {heir.predecessor.pk for heir in plan.heirs if heir.predecessor}
    conclude(f"unit.{plan.kind}", rows, by=by, hierarchy=touched, lineage=parties)
    for path in settings.ORGS_SUCCEEDED if plan.ends else ():
        import_string(path)(reorganisation, by=by, to=clean(document.duties_to), reason=document.duties_reason.strip())
    if shaken := {*moved, *(unit.pk for unit in plan.ends)}:
        for path in settings.ORGS_RESHAPED:
            import_string(path)(shaken, by=by)
    reorganisation.born = list(born.values())
    return reorganisation


def _reorganisation(plan: Plan, document: Document, by: Person | None) -> Reorganisation:
    for text, most, field, word in (
        (document.number, NUMBER_LENGTH, "document_number", "Số, ký hiệu văn bản"),
        (document.title, TITLE_LENGTH, "title", "Nội dung"),
        (document.review_note, NOTE_LENGTH, "review_note", "Ghi chú rà soát"),
    ):
        if len(text) > most:
            raise BadInput(
                f"{word} dài quá {most} chữ; hãy rút gọn.",
                en=f"{field} is longer than {most} characters; shorten it.",
                errors=[{"field": field, "vi": f"dài quá {most} chữ", "en": "too long"}],
            )
    title = clean(document.title) or clean(plan.title)
    return Reorganisation.objects.create(
        kind=plan.kind,
        effective_on=plan.on,
        document_number=document.number.strip(),
        document_on=document.on,
        title=title if len(title) <= TITLE_LENGTH else f"{title[: TITLE_LENGTH - 1]}…",
        review_note=document.review_note.strip(),
        carried_out_by=by,
    )


def _close(plan: Plan) -> list[Model]:
    """End the rows that hold no longer: everything of units that end, what others change."""
    ended = [unit.pk for unit in plan.ends]
    versions = [*ended, *(new.unit.pk for new in plan.names)]
    edges = [*ended, *(move.unit.pk for move in plan.moves)]
    rows = [
        *_closed(UnitVersion, "unit_id", versions, on=plan.on),
        *_closed(Edge, "child_id", edges, on=plan.on),
        *_closed(UnitCode, "unit_id", ended, on=plan.on),
    ]
    for new in plan.codes:
        rows += _closed(UnitCode, "unit_id", [new.unit.pk], on=plan.on, scheme=new.scheme)
    return rows


def _closed(model: type[Any], owner: str, keys: Sequence[int], *, on: date, **more: str) -> list[Model]:
    """The owners' open rows, ended on the day."""
    rows: list[Model] = []
    for part in chunks(keys):
        found = list(model.objects.filter(**{f"{owner}__in": part}, valid_to=FOREVER, **more))
        for row in found:
            row.valid_to = on
        model.objects.filter(pk__in=[row.pk for row in found]).update(valid_to=on)
        rows += found
    return rows


def _begin(plan: Plan) -> dict[Draft, Unit]:
    """The new units, bare."""
    if not plan.begins:
        return {}
    slugs = slugs_for(plan.begins, on=plan.on)
    units = Unit.objects.bulk_create([Unit(slug=slugs[draft]) for draft in plan.begins])
    return dict(zip(plan.begins, units, strict=True))


def _open(plan: Plan, born: dict[Draft, Unit]) -> list[Model]:
    """The rows that hold from the day on."""
    day = plan.on
    versions = [_version(unit, NewName(unit, draft.name, draft.kind), day) for draft, unit in born.items()]
    versions += [_version(new.unit, new, day) for new in plan.names]
    edges = [
        Edge(child=unit, parent=_unit(draft.parent, born), valid_from=day)
        for draft, unit in born.items()
        if draft.parent is not None
    ]
    edges += [Edge(child=move.unit, parent=_unit(move.to, born), valid_from=day) for move in plan.moves]
    codes = [
        UnitCode(unit=unit, scheme=draft.scheme, value=draft.code, valid_from=day)
        for draft, unit in born.items()
        if draft.code
    ]
    codes += [
        UnitCode(unit=new.unit, scheme=new.scheme, value=new.value, valid_from=day) for new in plan.codes if new.value
    ]
    return [
        *UnitVersion.objects.bulk_create(versions),
        *Edge.objects.bulk_create(edges),
        *UnitCode.objects.bulk_create(codes),
    ]


def _version(unit: Unit, new: NewName, day: date) -> UnitVersion:
    return UnitVersion(
        unit=unit,
        name=new.name,
        kind=new.kind,
        search_key=search_key(new.name)[:KEY_LENGTH],
        sort_key=sort_key(new.name),
        valid_from=day,
    )


def _successions(plan: Plan, reorganisation: Reorganisation, born: dict[Draft, Unit]) -> list[Succession]:
    return Succession.objects.bulk_create(
        Succession(
            reorganisation=reorganisation,
            predecessor=heir.predecessor,
            successor=None if heir.successor is None else _unit(heir.successor, born),
            whole=heir.whole,
        )
        for heir in plan.heirs
    )


def _unit(party: Party | None, born: dict[Draft, Unit]) -> Unit:
    assert party is not None, "the planners give every party"
    return born[party] if isinstance(party, Draft) else party
