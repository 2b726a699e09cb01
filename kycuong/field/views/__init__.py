"""Pages: the phone's shell, which is the same for everybody, and those of the desk about phones in the field."""

from __future__ import annotations
