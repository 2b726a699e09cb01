"""The shell of the phone, the same for everybody; and pages of the desk about phones in the field."""

from __future__ import annotations
