"""Pages of the desk about phones in the field."""

from __future__ import annotations
