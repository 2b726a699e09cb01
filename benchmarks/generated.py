"""The generated nation that a benchmark measures: made for it, or found where `--at` says."""

from __future__ import annotations

import sys
from typing import Any


def nation(visits: int, units: int, provinces: int = 34) -> Any:
    """Its unit at the top. Whatever of it is missing is written; statistics are fresh, triggers of the cells stand."""
    from django.db import connection  # noqa: PLC0415 - settings are read before, with the environment known

    from kycuong.nation.load import load_nation  # noqa: PLC0415
    from kycuong.nation.wishes import Wish  # noqa: PLC0415
    from kycuong.orgs.models import Unit  # noqa: PLC0415
    from kycuong.reports.walls import raise_walls  # noqa: PLC0415
    from kycuong.site.prepare import migrate  # noqa: PLC0415

    from .progress import progress  # noqa: PLC0415

    migrate(sys.stderr.write)
    load_nation(Wish(provinces=provinces, units=units, visits=visits, years=10, seed=1), progress=progress)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    raise_walls(connection)
    return Unit.objects.get(slug="ca-nuoc")
