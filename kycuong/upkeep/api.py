"""GET /api/v1/installation: how the server stands, for a program that watches it."""

from __future__ import annotations

from typing import Literal

from ninja import Router, Schema

from kycuong.core.http import Request
from kycuong.orgs.api import Problem
from kycuong.orgs.authority import authorize_somewhere

from .queries import findings
from .rules import worst

router = Router(tags=["installation"])


class InstallationFindingOut(Schema):
    """One line of `./run check`."""

    code: str
    state: Literal["good", "warning", "fault"]
    vi: str
    en: str
    cure_vi: str
    cure_en: str


class InstallationOut(Schema):
    """The worst of its lines, and all of them."""

    state: Literal["good", "warning", "fault"]
    findings: list[InstallationFindingOut]


@router.get("/installation", response={200: InstallationOut, 401: Problem, 403: Problem}, summary="Tình trạng hệ thống")
def installation(request: Request) -> InstallationOut:
    """For whoever runs the system."""
    authorize_somewhere(request.user, "tick.see")
    found = findings()
    lines = [
        InstallationFindingOut(
            code=one.code,
            state=one.state.value,
            vi=one.vi,
            en=one.en,
            cure_vi=one.cure_vi,
            cure_en=one.cure_en,
        )
        for one in found
    ]
    return InstallationOut(state=worst(found).value, findings=lines)
