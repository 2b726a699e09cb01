"""What version 1 of the API promises: its document only grows (docs/reference/api.md).

`tests/site/api_v1.json` holds what was promised: every operation with its inputs, every member of every answer. What is new is
added to it by `python -m tests.site.api_promises`; what was in it stays.
"""

from __future__ import annotations

import copy
import os
import subprocess
import sys
from pathlib import Path
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
        case _:
            narrow(document, how)


NULL = {"type": "null"}


def narrow(document: dict[str, Any], how: str) -> None:  # noqa: C901 - a list of faults
    """Break a promise about how far something goes."""
    schemas = document["components"]["schemas"]
    plans, why = schemas["PlanList"]["properties"], schemas["ResetIn"]["properties"]["reason"]
    answers = schemas["AnswersIn"]["properties"]["answers"]
    match how:
        case "member may be null":
            plans["total"] = {"anyOf": [plans["total"], NULL]}
        case "item may be null":
            plans["plans"]["items"] = {"anyOf": [plans["plans"]["items"], NULL]}
        case "value of a map may be null":
            sizes = schemas["DrawOut"]["properties"]["sizes"]
            sizes["additionalProperties"] = {"anyOf": [sizes["additionalProperties"], NULL]}
        case "map of another type":
            schemas["Figures"]["properties"]["findings_by_group"]["additionalProperties"] = {"type": "string"}
        case "map of anything":
            schemas["Figures"]["properties"]["findings_by_group"]["additionalProperties"] = True
        case "sent map of one type":
            answers["additionalProperties"]["additionalProperties"] = {"type": "string"}
        case "fewer members":
            answers["maxProperties"] = 10
        case "shorter":
            why["maxLength"] = 100
        case "not so short":
            why["minLength"] = 5
        case "pattern":
            why["pattern"] = "^[a-z]+$"
        case "format":
            why["format"] = "date"
        case "only some words":
            why["enum"] = ["Mất điện thoại"]
        case "lower" | "higher":
            year = parameter(document, "/api/v1/days-off", "year")["anyOf"][0]
            year |= {"maximum": 2050} if how == "lower" else {"minimum": 2010}
        case "null not taken":
            below = parameter(document, "/api/v1/checkpoints", "below")
            below["anyOf"].remove(NULL)


def parameter(document: dict[str, Any], path: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        one["schema"] for one in document["paths"][path]["get"]["parameters"] if one["name"] == name
    )
    return found


BREAKS = [
    "path", "method", "parameter", "required parameter", "old parameter required", "member", "member may miss", "type", "status",
    "required input", "closed value", "member may be null", "item may be null", "value of a map may be null", "map of another type",
    "map of anything", "sent map of one type", "fewer members", "shorter", "not so short", "pattern", "format", "only some words",
    "lower", "higher", "null not taken",
]  # fmt: skip


@pytest.mark.parametrize("how", BREAKS)
def test_each_broken_promise_is_seen(document: dict[str, Any], how: str) -> None:
    changed = copy.deepcopy(document)
    change(changed, how)
    assert changed != document
    assert broken(promises(document), promises(changed))


def test_a_body_that_took_more_goes_on_taking_it(document: dict[str, Any]) -> None:
    open_before = copy.deepcopy(document)
    del open_before["components"]["schemas"]["ResetIn"]["additionalProperties"]
    assert broken(promises(open_before), promises(document)) == ["gone: schema ResetIn  takes other members"]
    assert broken(promises(document), promises(open_before)) == []


def test_what_only_grows_breaks_nothing(document: dict[str, Any]) -> None:
    grown = copy.deepcopy(document)
    plans = grown["paths"]["/api/v1/plans"]["get"]
    plans["parameters"].append({"name": "new", "in": "query", "required": False, "schema": {"type": "string"}})
    plans["responses"][404] = {"description": "new"}
    grown["components"]["schemas"]["PlanList"]["properties"]["new"] = {"type": "string"}
    schemas = grown["components"]["schemas"]
    schemas["PlanList"]["properties"]["total"]["maximum"] = 10  # of what is told: no bound for who reads
    why = schemas["ResetIn"]["properties"]["reason"]
    schemas["ResetIn"]["properties"] |= {
        "reason": {"anyOf": [{**why, "maxLength": 900}, NULL]},
        "new": {"type": "string", "maxLength": 5, "pattern": "^a"},
    }
    schemas["ResetIn"]["required"] = []
    del schemas["AnswersIn"]["properties"]["answers"]["maxProperties"]
    parameter(grown, "/api/v1/days-off", "year")["anyOf"][0] |= {"minimum": 1900, "maximum": 2200}
    grown["paths"]["/api/v1/new"] = {"get": {"responses": {"200": {"description": "OK"}}}}
    assert broken(promises(document), promises(grown)) == []


def test_the_snapshot_is_written_by_one_command(tmp_path: Path) -> None:
    """As its name says, with nothing set beforehand; twice the same, and a broken promise is told instead."""
    place = tmp_path / "kept.json"
    bare = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}

    def run() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tests.site.api_promises", str(place)]
        return subprocess.run(
            command, capture_output=True, text=True, env=bare, cwd=KEPT.parents[2], check=False, timeout=120
        )

    told = run()
    assert told.returncode == 0, told.stderr
    assert place.read_text(encoding="utf-8") == KEPT.read_text(encoding="utf-8")
    place.write_text(place.read_text(encoding="utf-8").replace('"GET /api/v1/plans",', '"GET /api/v1/plany",'))
    told = run()
    assert (told.returncode, told.stderr.splitlines()) == (1, ["gone: GET /api/v1/plany"])
