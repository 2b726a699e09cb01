"""How an answer becomes an outcome."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kycuong.catalog.rules import Outcome, headcount_outcome, ratio_outcome, weigh, weigh_all
from kycuong.core.problems import BadInput


def criterion(kind: str, code: str = "A1") -> Any:
    return SimpleNamespace(code=code, answer_type=kind, pass_from=100, partial_from=70, asked_after="", asked_on="")


@pytest.mark.parametrize(
    ("kind", "answer", "outcome"),
    [
        ("yes_no", {"outcome": "pass"}, Outcome.PASS),
        ("yes_no", {"outcome": "fail", "finding": "Có người uống bia"}, Outcome.FAIL),
        ("grade", {"outcome": "partial"}, Outcome.PARTIAL),
        ("grade_document", {"outcome": "pass", "number": "1/QĐ", "dated": "2019-02-28"}, Outcome.PASS),
        ("document", {"number": "1/KH"}, Outcome.PASS),
        ("document", {"dated": "2019-02-28"}, Outcome.PASS),
        ("document", {"outcome": "fail"}, Outcome.FAIL),
        ("document", {"outcome": "fail", "number": "1/KH"}, Outcome.FAIL),
        ("number", {"count": 0}, Outcome.PASS),
        ("number", {"count": "2"}, Outcome.FAIL),
        ("ratio", {"part": 7, "whole": 10}, Outcome.PARTIAL),
        ("ratio", {"part": "10", "whole": "10"}, Outcome.PASS),
        ("ratio", {"part": 6, "whole": 10}, Outcome.FAIL),
        ("ratio", {"part": 0, "whole": 0}, Outcome.NOT_APPLICABLE),
        ("grade", {"outcome": "not_applicable", "note": "Không có thủ tục"}, Outcome.NOT_APPLICABLE),
        ("ratio", {"outcome": "not_asked", "note": "Hết giờ"}, Outcome.NOT_ASKED),
    ],
)
def test_weigh_understands_each_type(kind: str, answer: dict[str, Any], outcome: Outcome) -> None:
    assert weigh(criterion(kind), answer).outcome == outcome


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("yes_no", {"outcome": "partial"}),
        ("yes_no", {"outcome": ""}),
        ("grade", {"outcome": "excellent"}),
        ("grade", {"outcome": ["pass"]}),
        ("grade", {"outcome": "not_applicable"}),
        ("grade", {"outcome": "pass", "note": "x" * 501}),
        ("grade", {"outcome": "pass", "note": 5}),
        ("grade", {"outcome": "pass", "note": "a\x00b"}),
        ("grade_document", {"outcome": "pass", "dated": "31/12/2019"}),
        ("document", {}),
        ("document", {"number": " "}),
        ("number", {"count": -1}),
        ("number", {"count": True}),
        ("number", {"count": "٣"}),
        ("ratio", {"part": 6, "whole": 5}),
        ("ratio", {"part": 1}),
        ("ratio", {"part": 1.5, "whole": 2}),
        ("ratio", {"part": "1" * 30, "whole": "1" * 30}),
        ("grade", "pass"),
        ("grade", ["pass"]),
    ],
)
def test_weigh_refuses_what_it_cannot_understand_in_both_languages(kind: str, answer: Any) -> None:
    with pytest.raises(BadInput) as refusal:
        weigh(criterion(kind), answer)
    assert refusal.value.errors[0]["field"] == "A1"
    assert refusal.value.vi
    assert refusal.value.en


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 100), st.integers(0, 100))
def test_ratio_outcome_agrees_with_fractions(part: int, whole: int, first: int, second: int) -> None:
    part, pass_from, partial_from = min(part, whole), max(first, second), min(first, second)
    outcome = ratio_outcome(part, whole, pass_from=pass_from, partial_from=partial_from)
    expected = Outcome.PASS if part * 100 >= pass_from * whole else Outcome.FAIL
    if expected == Outcome.FAIL and part * 100 >= partial_from * whole:
        expected = Outcome.PARTIAL
    assert outcome == expected


@pytest.mark.parametrize(
    ("absent", "late", "outcome"), [(0, 0, "pass"), (0, 2, "partial"), (1, 0, "fail"), (1, 2, "fail")]
)
def test_headcount_outcome(absent: int, late: int, outcome: str) -> None:
    assert headcount_outcome(absent_unexcused=absent, late=late) == outcome


def test_weigh_all_tells_every_fault_at_once() -> None:
    criteria = {code: criterion("grade", code) for code in ("A1", "A2")}
    with pytest.raises(BadInput) as refusal:
        weigh_all(criteria, {"A1": {"outcome": "x"}, "A2": {"outcome": "y"}, "Z9": {"outcome": "pass"}})
    assert [fault["field"] for fault in refusal.value.errors] == ["Z9", "A1", "A2"]


def test_weigh_all_takes_presence_from_the_headcount() -> None:
    judged = weigh_all({"C1": criterion("headcount", "C1")}, {}, headcount=Outcome.PARTIAL)
    assert judged.exceptions == {"C1": (Outcome.PARTIAL, "")}
    assert weigh_all({"C1": criterion("headcount", "C1")}, {}).stored == {}
