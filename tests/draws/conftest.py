"""The small province of tests/desk.py."""

from __future__ import annotations

from tests.desk import desk

__all__ = ["desk"]
