"""What version 1 of the API promises: its document only grows (docs/reference/api.md).

`tests/site/api_v1.json` holds what was promised: every operation with its inputs, every member of every answer. What is new is
added to it by `python -m tests.site.api_promises`; what was in it stays.
"""

from __future__ import annotations

import copy
from typing import Any

import pytest

from kycuong.site.api import api
from tests.site.api_promises import KEPT, broken, kept, promises


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    found: dict[str, Any] = api.get_openapi_schema()
    return found


def test_nothing_that_was_promised_is_gone(document: dict[str, Any]) -> None:
    assert broken(kept(), promises(document)) == []


def test_what_is_new_is_promised_from_now_on(document: dict[str, Any]) -> None:
    assert kept() == promises(document), (
        f"run `python -m tests.site.api_promises` and read what it changes in {KEPT.name}"
    )


def change(document: dict[str, Any], how: str) -> None:  # noqa: C901 - a list of faults
    """Break a promise."""
    plans = document["paths"]["/api/v1/plans"]["get"]
    answer = document["components"]["schemas"]["PlanList"]
    match how:
        case "path":
            del document["paths"]["/api/v1/plans"]
        case "method":
            del document["paths"]["/api/v1/plans"]["get"]
        case "parameter":
            plans["parameters"] = plans["parameters"][1:]
        case "required parameter":
            plans["parameters"].append({"name": "new", "in": "query", "required": True, "schema": {}})
        case "old parameter required":
            plans["parameters"][0]["required"] = True
        case "member":
            del answer["properties"]["total"]
        case "member may miss":
            answer["required"].remove("total")
        case "type":
            answer["properties"]["total"] = {"type": "string"}
        case "status":
            plans["responses"] = {400: {"description": "x"}}
        case "required input":
            body = document["components"]["schemas"]["ResetIn"]
            body["properties"]["new"] = {"type": "string"}
            body["required"].append("new")
        case "closed value":
            document["components"]["schemas"]["ExportIn"]["properties"]["format"]["enum"].remove("csv")


BREAKS = [
    "path", "method", "parameter", "required parameter", "old parameter required", "member", "member may miss", "type", "status",
    "required input", "closed value",
]  # fmt: skip


@pytest.mark.parametrize("how", BREAKS)
def test_each_broken_promise_is_seen(document: dict[str, Any], how: str) -> None:
    changed = copy.deepcopy(document)
    change(changed, how)
    assert broken(promises(document), promises(changed))


def test_what_only_grows_breaks_nothing(document: dict[str, Any]) -> None:
    grown = copy.deepcopy(document)
    plans = grown["paths"]["/api/v1/plans"]["get"]
    plans["parameters"].append({"name": "new", "in": "query", "required": False, "schema": {"type": "string"}})
    plans["responses"][404] = {"description": "new"}
    grown["components"]["schemas"]["PlanList"]["properties"]["new"] = {"type": "string"}
    grown["paths"]["/api/v1/new"] = {"get": {"responses": {"200": {"description": "OK"}}}}
    assert broken(promises(document), promises(grown)) == []
