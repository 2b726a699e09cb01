"""The shape of what is typed about self-checks."""

from __future__ import annotations
