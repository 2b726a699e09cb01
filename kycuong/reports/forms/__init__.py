"""What a person may ask of figures, and the shape of their settings."""

from __future__ import annotations

from .asking import Asked, FiguresForm, fields_of, resolve_scope
from .settings import ParCriterionForm, ParForm, RankingRuleForm

__all__ = [
    "Asked",
    "FiguresForm",
    "ParCriterionForm",
    "ParForm",
    "RankingRuleForm",
    "fields_of",
    "resolve_scope",
]
