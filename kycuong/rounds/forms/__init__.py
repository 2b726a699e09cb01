"""The shape of what is typed about periodic reports."""

from __future__ import annotations
