"""Findings whose term in the minutes still counts: those that nothing issued later gives a term of its own."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.module_loading import import_string

from kycuong.inspections.models.records import FindingQuerySet


def with_own_terms(findings: FindingQuerySet) -> FindingQuerySet:
    for path in settings.FINDINGS_WITH_OTHER_TERMS:
        findings = findings.filter(~Exists(import_string(path)().filter(finding=OuterRef("pk"))))
    return findings
