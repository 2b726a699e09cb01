"""What the database holds now, in the numbers by which a restoration is compared; and how backups stand."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max, Min
from django.db.models.functions import Left

from kycuong.audit.merkle import Frontier, leaf_hash
from kycuong.audit.models import AuditEntry
from kycuong.core.sealing import keyring
from kycuong.core.version import product_version
from kycuong.inspections.models import Visit
from kycuong.orgs.models import Unit
from kycuong.orgs.queries import tree_on
from kycuong.reports.figures.question import VIEWS
from kycuong.reports.queries import figures_for
from kycuong.reports.rules.periods import between

from .rules import Description

ENTRIES_AT_ONCE = 5000
PASSING = {"django_session", "reports_cell", "reports_cellset", "reports_cellstamp"}
"""Not compared: whoever was signed in signs in again after a restoration, and cells of figures are remade whenever somebody reads."""


def describe(figures_until: date | None) -> Description:
    """Read everything once: call it within one snapshot, or where nobody writes. Figures: each year up to that day, or none."""
    entries, root = _log()
    seals = seals_by_key()
    figures, counted = _figures(figures_until) if figures_until else ("", 0)
    return Description(
        version=product_version(),
        migrations=len(MigrationRecorder(connection).applied_migrations()),
        tables=_rows(),
        entries=entries,
        root=root,
        figures=figures,
        figures_counted=counted,
        seals=sum(seals.values()),
        seals_without_key=sum(count for key, count in seals.items() if key not in keyring().keys),
    )


def seals_by_key() -> dict[str, int]:
    """Key id → how many sealed texts of all tables want it: each begins with the id of its key (core.sealing)."""
    found: Counter[str] = Counter()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.name.split("_")[0] == "sealed" and field.get_internal_type() in {"TextField", "CharField"}:
                rows = model._base_manager.filter(**{f"{field.name}__startswith": "s1."})
                heads = rows.values_list(Left(field.name, 48), flat=True)
                found.update(head.split(".")[1] for head in heads.iterator(ENTRIES_AT_ONCE))
    return dict(found)


def _rows() -> dict[str, int]:
    counts = {}
    with connection.cursor() as cursor:
        for table in sorted({*connection.introspection.table_names(cursor)} - PASSING):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a name the database told
            counts[table] = int(cursor.fetchone()[0])
    return counts


def _log() -> tuple[int, str]:
    """Hashed anew from every entry, not taken from the head."""
    frontier, after = Frontier(), -1
    entries = AuditEntry.objects.order_by("seq").values_list("seq", "meta")
    while page := list(entries.filter(seq__gt=after)[:ENTRIES_AT_ONCE]):
        for _seq, meta in page:
            frontier.append(leaf_hash(bytes(meta)))
        after = page[-1][0]
    return frontier.size, frontier.root().hex()


def _figures(until: date) -> tuple[str, int]:
    digest, counted = hashlib.sha256(), 0
    for told in _each_figure(until):
        digest.update(json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True).encode() + b"\n")
        counted += 1
    return digest.hexdigest(), counted


def _each_figure(until: date) -> Iterator[list[Any]]:
    """Every figure in both views, for each topmost unit and each year with visits."""
    span = Visit.objects.aggregate(first=Min("visited_on"), last=Max("visited_on"))
    if span["first"] is None:
        return
    for year in range(span["first"].year, min(span["last"], until).year + 1):
        last = min(date(year, 12, 31), until)
        for node in tree_on(last):
            if node.depth:
                continue
            scope = Unit.objects.get(pk=node.unit_id)
            for view in VIEWS:
                found = figures_for(scope, between(date(year, 1, 1), last), view=view, plainly=True)
                yield from ([node.slug, year, view, name, value] for name, value in sorted(found.items()))
