"""Lượt kiểm tra: visits that count."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from . import lists
from .figure import Figure, Reading
from .tallies import BY_FORM


def read(rows: Reading) -> int:
    return sum(visits for _, _, visits in rows[BY_FORM])


FIGURE = Figure(
    name="visits",
    titled=gettext_noop("Lượt kiểm tra"),
    defined="Số lượt được tính (biên bản đã ký, không phải tự kiểm tra) có ngày kiểm tra trong kỳ.",
    definition_en="Counting visits (minutes signed, not self-checks) whose day lies in the period.",
    tallies=(BY_FORM,),
    read=read,
    listing=lists.visits(),
)
