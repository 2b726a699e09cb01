"""Which version of the program runs."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


def product_version() -> str:
    """«0.1.0»: of the package, or of the folder that the program runs from, as `./run` does."""
    try:
        return version("kycuong")
    except PackageNotFoundError:
        return str(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"])
