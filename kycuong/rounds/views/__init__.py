"""Pages of periodic reports."""

from __future__ import annotations
