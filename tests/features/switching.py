"""Features switched at the desk."""

from __future__ import annotations

from kycuong.features.actions import switch_feature
from kycuong.features.models import FeatureSwitch
from tests.desk import Desk

REASON = "Quyết định 12/QĐ-SNV: triển khai từng bước"


def switched(desk: Desk, feature: str, unit: str, setting: str = "off", *, by: str = "aggregator") -> FeatureSwitch:
    return switch_feature(feature, by=desk.people[by], unit=desk.units[unit], setting=setting, reason=REASON)
