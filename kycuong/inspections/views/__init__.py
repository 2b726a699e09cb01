"""The pages of inspections, visits and findings."""

from __future__ import annotations
