"""Phones, what was said on them, which values hold, what was set aside, photos on their way, signatures on glass; the policy."""

from __future__ import annotations

from .devices import FieldDevice, KeyRequest
from .log import FieldHead, FieldOp, FieldSuperseded, FieldVisit
from .policy import FieldPolicy
from .received import FieldAside, FieldMedia, FieldSignature

__all__ = [
    "FieldAside",
    "FieldDevice",
    "FieldHead",
    "FieldMedia",
    "FieldOp",
    "FieldPolicy",
    "FieldSignature",
    "FieldSuperseded",
    "FieldVisit",
    "KeyRequest",
]
