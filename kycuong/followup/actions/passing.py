"""Open recommendations go on when their unit ends: to the unit that carries it on, else to its superior, else closed."""

from __future__ import annotations

from typing import Any

from kycuong.audit.log import act, record
from kycuong.catalog.models import province
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import today
from kycuong.core.problems import BadInput
from kycuong.core.vietnamese import fold
from kycuong.followup import rules
from kycuong.followup.models import PassingOn, Recommendation, RecommendationTransfer
from kycuong.followup.queries.passing import ended_by, heirs_of, receivers_of, superior_of
from kycuong.followup.rules import OPEN, RecommendationState
from kycuong.orgs.authority import authorize, can
from kycuong.orgs.models import Person, Reorganisation, Unit

from ._steps import alive, end_requests, mark_findings, move
from ._telling import tell_unit

REORGANISE = "unit.reorganise"


@act
def pass_on_recommendations(
    reorganisation: Reorganisation, *, by: Person | None, to: str = "", reason: str = ""
) -> list[Recommendation]:
    """Write down how the recommendations of the units that end go on; do it at once when the day has come.

    `to`: the name of the receiver among several heirs, else the first one. `reason`: ends those that nobody carries on; without
    it the superior gets them.
    """
    authorize(by, REORGANISE, at=_over(reorganisation, by))
    if reason:
        rules.ensure_reason(reason, field="duties_reason")
    wanted, come = _named(to, reorganisation), reorganisation.effective_on <= today()
    if come and not Recommendation.objects.open().filter(unit__in=ended_by(reorganisation)).exists():
        return []
    wish = PassingOn(reorganisation=reorganisation, close_reason=reason, asked_by=by, to=wanted)
    ensure_clean(wish)
    wish.save(force_insert=True)
    record("recommendation.plan_passing", wish, by=by)
    return carry_out_passing(wish, by=by) if come else []


@act
def carry_out_passing(wish: PassingOn, *, by: Person | None) -> list[Recommendation]:
    """Pass on what is open at the units that ended. Once: asked again, nothing is left to do."""
    authorize(by, REORGANISE, at=_over(wish.reorganisation, by))
    if not PassingOn.objects.filter(pk=wish.pk, done_on=None).update(done_on=today()):
        return []
    wish.refresh_from_db()
    record("recommendation.pass_on", wish, by=by)
    return [one for unit in ended_by(wish.reorganisation) for one in _passed_on(unit, wish, by)]


@act
def reassign_recommendation(recommendation: Recommendation, *, by: Person, to: Unit, reason: str) -> Recommendation:
    """Give an open recommendation of a unit that ended to another of its heirs, or to their superior."""
    authorize(by, REORGANISE, at=recommendation.unit)
    alive(recommendation, OPEN)
    rules.ensure_reason(reason)
    if to not in receivers_of(recommendation):
        raise BadInput(
            "Chỉ giao lại cho đơn vị kế thừa của đơn vị ban đầu hoặc cơ quan quản lý trực tiếp.",
            en="It may be given to an heir of the first unit, or to the superior.",
            errors=[{"field": "to", "vi": "Hãy chọn đơn vị khác.", "en": "Choose another unit."}],
        )
    return _transfer(recommendation, to, by=by, reason=reason.strip())


def _over(reorganisation: Reorganisation, by: Person | None) -> Unit | None:
    """Where the right is asked for: over a unit that ended, or an heir; who carried the reorganisation out holds it there."""
    parties = [party for unit in ended_by(reorganisation) for party in (unit, *heirs_of(unit, reorganisation))]
    return next((party for party in parties if by is not None and can(by, REORGANISE, at=party)), province())


def _passed_on(unit: Unit, wish: PassingOn, by: Person | None) -> list[Recommendation]:
    """The heir that was named, the only one, or the first; nobody: closed with the reason, or the superior's."""
    heirs = heirs_of(unit, wish.reorganisation)
    receiver = wish.to if wish.to in heirs else next(iter(heirs), None)
    found = list(Recommendation.objects.open().filter(unit=unit).select_related("visit__inspection__lead", "unit"))
    over = superior_of(unit, wish.reorganisation.effective_on)
    passed = []
    for one in found:
        ends = receiver is None and wish.close_reason and not one.reports.waiting().exists()
        if ends:  # what the unit reported is answered first, by way of the superior
            passed.append(_closed(one, wish, by))
        elif to := receiver or over:
            passed.append(_transfer(one, to, by=by, wish=wish))
    return passed


def _transfer(
    one: Recommendation, to: Unit, *, by: Person | None, wish: PassingOn | None = None, reason: str = ""
) -> Recommendation:
    transfer = RecommendationTransfer(recommendation=one, from_unit=one.unit, to_unit=to, reason=reason)
    transfer.transferred_by, transfer.reorganisation = by, wish.reorganisation if wish else None
    transfer.transferred_on = wish.reorganisation.effective_on if wish else today()
    ensure_clean(transfer)
    transfer.save(force_insert=True)
    move(one, RecommendationState(one.state), "recommendation.transfer", by=by, beside=[transfer], unit=to)
    assert one.due_on is not None, "issued with a term, says the database"
    subject = f"Nhận kiến nghị của đơn vị trước sắp xếp, hạn {one.due_on:%d/%m/%Y}"
    tell_unit(one, f"transferred.{transfer.pk}", subject)
    return one


def _closed(one: Recommendation, wish: PassingOn, by: Person | None) -> Recommendation:
    closed: dict[str, Any] = {"settled_on": today(), "decided_on": today(), "close_reason": wish.close_reason}
    asked = end_requests(one, today=today())
    move(one, RecommendationState.CLOSED, "recommendation.close", by=by, beside=asked, settled_by=by, **closed)
    mark_findings(one, by=by)
    return one


def _named(name: str, reorganisation: Reorganisation) -> Unit | None:
    """The heir of that name on its first day."""
    heirs = {heir for unit in ended_by(reorganisation) for heir in heirs_of(unit, reorganisation)} if name else set()
    for heir in heirs:
        version = heir.version_on(reorganisation.effective_on)
        if version is not None and fold(version.name) == fold(name):
            return heir
    if not name:
        return None
    raise BadInput(
        f"Không có đơn vị nhận nào tên «{name[:80]}». Hãy ghi đúng tên một đơn vị nhận, hoặc để trống.",
        en=f"No receiving unit is called “{name[:80]}”. Write the name of one of them, or nothing.",
        errors=[{"field": "duties_to", "vi": "Không phải đơn vị nhận.", "en": "Not a receiving unit."}],
    )
