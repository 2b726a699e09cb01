"""What a unit declares of itself: a pass everywhere, but for what is given."""

from __future__ import annotations

from typing import Any

from kycuong.catalog.rules import AnswerType
from kycuong.selfchecks.models import SelfCheck
from kycuong.selfchecks.queries import criteria_asked


def declared(check: SelfCheck, **changed: dict[str, Any]) -> dict[str, dict[str, Any]]:
    given: dict[str, dict[str, Any]] = {}
    for code, criterion in criteria_asked(check).items():
        if criterion.answer_type == AnswerType.RATIO:
            given[code] = {"part": 5, "whole": 5}
        elif criterion.answer_type == AnswerType.DOCUMENT:
            given[code] = {"number": "12/KH"}
        elif criterion.answer_type == AnswerType.NUMBER:
            given[code] = {"count": 0}
        else:
            given[code] = {"outcome": "pass"}
    return {**given, **changed}
