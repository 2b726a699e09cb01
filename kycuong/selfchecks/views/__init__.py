"""Pages of self-checks."""

from __future__ import annotations
