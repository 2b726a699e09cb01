"""What exists is documented: every noun of the code stands in the glossary."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps

GLOSSARY = Path(__file__).parent.parent / "docs" / "glossary.md"
MODELS = [model for model in apps.get_models() if model.__module__.startswith("kycuong.")]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_is_in_the_glossary(model: type) -> None:
    assert f"| `{model.__name__}` |" in GLOSSARY.read_text(encoding="utf-8")
