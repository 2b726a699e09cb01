"""The shape of what is typed about inspections and visits."""

from __future__ import annotations
