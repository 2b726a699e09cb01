"""The phone asks, weighs and misses exactly what the desk does, and what it signs has the hash that Python computes."""

from __future__ import annotations

import hashlib
import json
import random
from copy import deepcopy
from typing import Any

from kycuong.audit import canonical
from kycuong.catalog.models import Criterion
from kycuong.catalog.rules import ASKED_ON, AnswerType, is_asked, weigh
from kycuong.core.problems import BadInput
from kycuong.field.queries import checklist_told
from kycuong.inspections.models import Visit
from kycuong.inspections.queries import criteria_at, unanswered
from kycuong.inspections.rules import Headcount, ensure_headcount
from kycuong.inspections.rules.headcount import REASONS, TOTALS
from tests.budget import examples
from tests.desk import Desk
from tests.field.client.window import VISIT, Phone

OUTCOMES = ["pass", "pass", "pass", "partial", "fail", "fail", "not_applicable", "not_asked", "x", ""]
COUNTS = [0, 0, 3, 4, 5, 7, "7", " 8 ", "", None, -1, 1_000_001, "x", True, 1.5, "٣"]
TEXTS = ["", "", "Có lý do", "x" * 501, "x" * 1001, 5]
PLAIN: dict[str, list[Any]] = {
    "outcome": OUTCOMES, "note": TEXTS, "finding": TEXTS, "number": ["", "12/KH-UBND", "x" * 81],
    "dated": ["", "2019-01-15", "2019-02-30", "31/12/2019"], "part": COUNTS, "whole": COUNTS, "count": COUNTS,
}  # fmt: skip
SOUND: list[dict[str, Any]] = [
    {"outcome": "pass", "number": "1", "part": 5, "whole": 5, "count": 0},
    {"outcome": "fail", "number": "1", "part": 1, "whole": 5, "count": 2, "finding": "Thiếu"},
    {"outcome": "fail", "number": "1", "part": 3, "whole": 4, "count": 2},
    {"outcome": "not_applicable", "note": "Không có"},
    {},
]
PEOPLE = [None, 0, 0, 1, 5, 10, 12, -1]


def some(dice: random.Random, choices: dict[str, list[Any]]) -> dict[str, Any]:
    return {name: dice.choice(values) for name, values in choices.items() if dice.random() < 0.6}


def test_the_phone_weighs_asks_and_misses_as_the_desk_does(desk: Desk, phone: Phone) -> None:
    visit = desk.visit()
    Visit.objects.filter(pk=visit.pk).update(checklist_form="full")
    visit.refresh_from_db()
    criteria = criteria_at(visit)
    sha, checklist = checklist_told(visit)
    checklist = with_conditions(deepcopy(checklist), criteria)
    dice = random.Random(2019)
    sheet = dict.fromkeys((*TOTALS, *REASONS), PEOPLE)
    given_sets = [
        {
            "answers": {code: some(dice, PLAIN) if number % 3 == 0 else dice.choice(SOUND) for code in criteria},
            "headcount": some(dice, sheet),
        }
        for number in range(examples(90, long=3000))
    ]
    excused = [one["code"] for group in checklist["groups"] for one in group["criteria"] if one["code"] not in criteria]
    pack = {"uid": VISIT, "form": sha, "checklist_form": "full", "excused": excused, "visited_on": "2020-01-01"}
    found = phone.do(
        """
        const [checklist, pack, sets] = given
        return sets.map(({ answers, headcount }) => {
          const heads = { h: [{ op_id: "h", value: headcount }] }
          for (const [code, value] of Object.entries(answers)) heads["a/" + code] = [{ op_id: code, value }]
          const state = fold.fold(heads)
          const asked = fold.asked(checklist, pack, state)
          const missing = fold.missing(checklist, pack, state).map((one) => one.where + ": " + one.told)
          return [asked.map((one) => [one.code, one.outcome, one.faults[0] ?? ""]), missing]
        })
        """,
        [checklist, pack, given_sets],
    )
    for one, (asked, missing) in zip(given_sets, found, strict=True):
        expected, wanting = judged(criteria, one["answers"], one["headcount"])
        assert [tuple(line) for line in asked] == expected, one
        assert sorted(missing) == sorted(wanting), one


def with_conditions(checklist: dict[str, Any], criteria: dict[str, Criterion]) -> dict[str, Any]:
    """The real checklist, and every third criterion hangs on the one two places above it, so that chains arise."""
    told = {one["code"]: one for group in checklist["groups"] for one in group["criteria"]}
    codes = list(criteria)
    for at in range(2, len(codes), 3):
        after, on = codes[at - 2], list(ASKED_ON)[at % len(ASKED_ON)]
        if at % 2:
            after = codes[at - 3] if at > 3 else after
        criteria[codes[at]].asked_after, criteria[codes[at]].asked_on = after, on
        told[codes[at]]["condition"] = {"after": after, "on": on, "outcomes": list(ASKED_ON[on])}
    return checklist


def judged(criteria: dict[str, Any], answers: dict[str, Any], sheet: dict[str, Any]) -> tuple[list[Any], list[str]]:
    """What the desk's rules say: code, outcome and fault of what is asked; and what keeps from signing."""
    people = Headcount(**sheet)
    lines: list[tuple[str, str, str]] = []
    stored: dict[str, Any] = {}
    wanting: list[str] = []
    for code, criterion in criteria.items():
        if not is_asked(criterion, stored):
            continue
        answer, outcome, fault = answers[code], "", ""
        if criterion.answer_type == AnswerType.HEADCOUNT and people.outcome is not None:
            answer = {**answer, "outcome": people.outcome}
        if answer:
            try:
                weighed = weigh(criterion, answer)
                stored[code], outcome = weighed.stored, str(weighed.outcome)
                short = outcome in ("partial", "fail") and criterion.answer_type != AnswerType.HEADCOUNT
                if short and not weighed.finding:
                    wanting.append(f"a/{code}: Hãy mô tả tồn tại của tiêu chí {code}.")
            except BadInput as problem:
                fault = problem.vi
                wanting.append(f"{'h' if criterion.answer_type == AnswerType.HEADCOUNT else f'a/{code}'}: {fault}")
        lines.append((code, outcome, fault))
    wanting += still_missing(criteria, stored, {code for code, _, fault in lines if fault})
    wanting += faults_of(people)
    return lines, wanting


def still_missing(criteria: dict[str, Criterion], stored: dict[str, Any], faulty: set[str]) -> list[str]:
    codes = [code for code in unanswered(criteria, stored) if code not in faulty]
    places = {code: "h" if criteria[code].answer_type == AnswerType.HEADCOUNT else f"a/{code}" for code in codes}
    return [f"{places[code]}: Tiêu chí {code} chưa trả lời." for code in codes]


def faults_of(people: Headcount) -> list[str]:
    try:
        ensure_headcount(people)
    except BadInput as problem:
        if "Vắng có lý do" not in problem.vi:
            return [f"h: {problem.vi}"]
        sum_told = f"cộng theo từng lý do được {people.excused_by_reason}"  # the phone says it in fewer words
        return [f"h: Vắng có lý do chưa khớp: {sum_told}. Hãy sửa cho khớp, hoặc để trống các lý do."]
    return []


def test_what_is_signed_has_the_hash_that_python_computes(phone: Phone) -> None:
    pack = {
        "uid": VISIT, "form": "f" * 64, "checklist_form": "short", "excused": ["A3"], "visited_on": "2026-11-20",
        "unit": {"name": "Xã Thử Nghiệm"}, "inspection": {"lead_name": "Sở Nội vụ"},
    }  # fmt: skip
    condition = {"after": "A1", "on": "fail", "outcomes": ["fail"]}
    plain = {"answer_type": "yes_no", "in_short": True, "counted": True, "condition": None}
    codes = [("A1", {}), ("A2", {"condition": condition}), ("A3", {}), ("A4", {"in_short": False}), ("A5", {})]
    criteria = [{**plain, "code": code, "position": at, **more} for at, (code, more) in enumerate(codes)]
    checklist = {"groups": [{"code": "A", "title": "Nhóm", "criteria": criteria}]}

    def head(value: Any, op_id: str = "o", **more: Any) -> dict[str, Any]:
        return {"op_id": op_id, "value": value, "deleted": False, **more}

    passed = {"outcome": "pass"}
    heads = {
        **{f"a/{code}": [head(passed, code)] for code, _ in codes[:4]},
        "a/A5": [head(passed, "z1"), head({"outcome": "fail"}, "z2")],
        "h": [head({"quota": 5, "present": 5})], "t/strengths": [head("Nền nếp “tốt”\n\u2028")],
        "f/u1": [head({"description": "Thiếu sổ"})], "f/u2": [head(None, deleted=True)],
        "v/p1": [head({"finding": "u1", "category": "official", "position": "Công chức", "name": "Người Được Nêu"})],
        "m/i1": [head({"sha256": "ab", "gps": {"lat": 21.85}})], "e/u1": [head("Sẽ bổ sung")],
    }  # fmt: skip
    state, shot, digest, text, missing = phone.do(
        """
        const [checklist, pack, heads] = given
        const state = fold.fold(heads)
        const shot = fold.snapshot(checklist, pack, state, heads)
        return [state, shot, await fold.digest(shot), canonical.dumps(shot), fold.missing(checklist, pack, state, "2026-11-19")]
        """,
        [checklist, pack, heads],
    )
    assert state["conflicts"] == ["a/A5"]
    assert shot["answers"] == {"A1": passed}, "what is not asked, excused, of another form or in conflict is not signed"
    assert shot["findings"] == {"u1": {"description": "Thiếu sổ"}}
    assert shot["media"] == {"i1": "ab"}
    assert "Người Được Nêu" not in text
    assert text.encode() == canonical.dumps(shot)
    assert digest == hashlib.sha256(canonical.dumps(json.loads(text))).hexdigest()
    assert [one["where"] for one in missing] == ["a/A5", "", "a/A5"]
