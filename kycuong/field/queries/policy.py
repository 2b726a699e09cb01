"""What was set for phones."""

from __future__ import annotations

from kycuong.field.models import FieldPolicy


def policies_set() -> list[FieldPolicy]:
    """Every policy, the newest first, with who set it."""
    return list(FieldPolicy.objects.select_related("set_by").order_by("-valid_from", "-pk"))
