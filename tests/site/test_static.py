"""Static files as production serves them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from kycuong.site.prepare import UNUSED


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the product, and two small modules."""
    place, own = tmp_path_factory.mktemp("static"), tmp_path_factory.mktemp("own")
    (own / "upper.js").write_text('import { one } from "./lower.js";\nexport const two = one + one\n')
    (own / "lower.js").write_text("export const one = 1\n")
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": "kycuong.site.static.HashedModules"}}
    with override_settings(STATIC_ROOT=place, STORAGES=storages, STATICFILES_DIRS=[own]):
        call_command("collectstatic", interactive=False, ignore_patterns=UNUSED, verbosity=0)
    return place


def test_a_module_names_the_hashed_module_that_it_imports(collected: Path) -> None:
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    assert f'from "./{names["lower.js"]}"' in (collected / names["upper.js"]).read_text()


def test_everything_that_pages_load_is_there_compressed(collected: Path) -> None:
    sheets = list((collected / "ui").glob("tokens.*.css"))
    assert sheets
    assert all(path.with_suffix(".css.gz").exists() for path in sheets)
