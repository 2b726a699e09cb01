"""Questions about phones and their logs."""

from __future__ import annotations

from .carried import carried
from .checklists import checklist_told, form_sha
from .log import body_of, fields_of, findings_apart, heads_of, missing_seq, raw_of, said_of
from .manifests import manifest
from .media import announced, announced_by, media_of, phone_of_bundle, phone_seen_by
from .packs import Pulled, pulled
from .policy import policies_set
from .signatures import awaited, signature_of
from .todos import todos

__all__ = [
    "Pulled",
    "announced",
    "announced_by",
    "awaited",
    "body_of",
    "carried",
    "checklist_told",
    "fields_of",
    "findings_apart",
    "form_sha",
    "heads_of",
    "manifest",
    "media_of",
    "missing_seq",
    "phone_of_bundle",
    "phone_seen_by",
    "policies_set",
    "pulled",
    "raw_of",
    "said_of",
    "signature_of",
    "todos",
]
