"""What is asked follows from what was answered above: for any checklist and any answers, whoever tries them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kycuong.catalog.rules import ASKED_ON, Outcome, exceptions_of_unasked, is_asked, weigh_all

GRADES = ["pass", "partial", "fail"]


def one(code: str, after: str = "", on: str = "", kinds: tuple[str, ...] = ()) -> Any:
    return SimpleNamespace(
        code=code,
        answer_type="grade",
        asked_after=after,
        asked_on=on,
        for_kinds=kinds,
        applies_to=lambda kind: not kinds or kind in kinds,
    )


@st.composite
def forms(draw: st.DrawFn) -> dict[str, Any]:
    """Criteria of which each may wait for any one above it."""
    found: dict[str, Any] = {}
    for place in range(draw(st.integers(1, 8))):
        after = draw(st.sampled_from(["", *found]))
        kinds = draw(st.sampled_from([(), ("commune_pc",), ("division",)]))
        found[f"A{place}"] = one(f"A{place}", after, draw(st.sampled_from(sorted(ASKED_ON))) if after else "", kinds)
    return found


@given(forms(), st.data())
def test_every_criterion_is_stored_unasked_or_still_open(form: dict[str, Any], data: st.DataObject) -> None:
    said = data.draw(st.dictionaries(st.sampled_from(sorted(form)), st.sampled_from(GRADES)))
    criteria = {code: criterion for code, criterion in form.items() if criterion.applies_to("commune_pc")}
    answers = {code: {"outcome": outcome} for code, outcome in said.items() if code in criteria}
    stored = weigh_all(criteria, answers).stored
    unasked = exceptions_of_unasked(form, "commune_pc", stored)
    for code, criterion in form.items():
        parent = stored.get(criterion.asked_after, {}).get("outcome")
        wanted = not criterion.asked_after or parent in ASKED_ON[criterion.asked_on]
        assert (code in unasked) == (code not in criteria or not wanted)
        assert (code in stored) == (code in answers and code not in unasked)
    assert {outcome for outcome, _ in unasked.values()} <= {Outcome.NOT_ASKED}


def test_a_chain_falls_with_its_first_link() -> None:
    form = {"A1": one("A1"), "A2": one("A2", "A1", "fail"), "A3": one("A3", "A2", "fail")}
    failing = {code: {"outcome": "fail"} for code in form}
    assert list(weigh_all(form, failing).stored) == ["A1", "A2", "A3"]
    assert list(weigh_all(form, {**failing, "A1": {"outcome": "pass"}}).stored) == ["A1"]


def test_what_does_not_apply_opens_nothing() -> None:
    for on in ASKED_ON:
        for outcome in ("not_applicable", "not_asked"):
            assert not is_asked(one("A2", "A1", on), {"A1": {"outcome": outcome}})


def test_what_is_not_asked_is_not_weighed() -> None:
    form = {"A1": one("A1"), "A2": one("A2", "A1", "fail")}
    assert list(weigh_all(form, {"A1": {"outcome": "pass"}, "A2": {"outcome": "nonsense"}}).stored) == ["A1"]
