"""What may be asked beyond the plain addresses, where a sealed visit would stand: searches, files, summaries, what might collide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings

from tests.bodies import DAY
from tests.desk import YESTERDAY
from tests.sealed import SECRET
from tests.sides import Sides


class Ask(NamedTuple):
    """A question beyond the plain addresses."""

    address: str
    given: dict[str, Any]
    method: str = "GET"


def files(year: str) -> Iterator[Ask]:
    """Every list as a file."""
    for name in settings.LISTS:
        yield Ask(f"/lists/{name}.csv", {})
    yield Ask("/lists/inspections.xlsx", {"year": year})


def searches() -> Iterator[Ask]:
    """Every list narrowed to where a sealed visit would stand, every search for its words."""
    unit, lead = "xa-hoang-dong", "so-noi-vu"
    year, day = str(YESTERDAY.year), YESTERDAY.isoformat()
    for words in ("hoang dong", "tuyệt mật", SECRET[1]):
        for address in ("/inspections/", "/units/search/", "/people/", "/figures/scopes/", "/api/v1/inspections"):
            yield Ask(address, {"q": words})
    for narrowed in (
        {"year": year},
        {"form": "surprise"},
        {"state": "scheduled"},
        {"state": "in_progress"},
        {"lead": lead},
    ):
        yield Ask("/inspections/", narrowed)
    for address in ("/plans/", "/plans/overlaps/", "/plans/theme/spreading/"):
        yield Ask(address, {"year": year})
    for whose in ("all", "mine"):
        yield Ask("/calendar/", {"whose": whose, "day": day})
    yield Ask("/visits/new/", {"unit": unit})
    for view in ("subject", "lead"):
        for scope in ("tinh-thu-nghiem", lead, "huyen-dong", unit):
            yield Ask("/figures/", {"scope": scope, "view": view, "from": day, "to": day})
        asked = {"scope": "tinh-thu-nghiem", "view": view, "period": year}
        yield Ask("/api/v1/figures", asked)
        for name in ("visits", "findings", "plan_progress"):
            yield Ask(f"/api/v1/figures/{name}/list", asked)
            yield Ask(f"/figures/{name}/list/", asked)
        yield Ask("/lists/figure.xlsx", {"figure": "visits", **asked})
    yield from summaries(year)
    yield from files(year)
    yield Ask("/api/v1/inspections", {"lead": lead})
    yield Ask("/recusals/", {})
    for state in ("committed", "drawn", "revealed", "abandoned"):
        yield Ask("/api/v1/draws", {"state": state})
    yield Ask(f"/units/{unit}/", {"on": DAY})


def summaries(year: str) -> Iterator[Ask]:
    """The summary report, whole and table by table."""
    report = {"scope": "tinh-thu-nghiem", "period": year}
    yield Ask("/api/v1/figures/summary", report)
    yield Ask("/api/v1/figures/summary", {**report, "scope": "so-noi-vu"})
    yield Ask("/figures/summary.xlsx", report)
    for number in "346":
        yield Ask("/figures/summary/", {**report, "bieu": number})


def refusals(sides: Sides) -> Iterator[Ask]:
    """What might collide with a sealed visit: the same unit on the same day, again, in every way."""
    again = {
        "lead": "so-noi-vu",
        "unit": "xa-hoang-dong",
        "visited_on": DAY,
        "form": "surprise",
        "checklist_form": "short",
    }
    yield Ask("/visits/new/", again, "POST")
    yield Ask("/inspections/new/", {**again, "decision_number": SECRET[1], "visits-TOTAL_FORMS": "0",
                                    "visits-INITIAL_FORMS": "0"}, "POST")  # fmt: skip
    for thing in sides.values():
        yield Ask(f"/inspections/{thing['inspection']}/visits/", {"unit": "xa-binh-minh", "visited_on": DAY}, "POST")
    for change in ("dissolve", "rename", "move", "merge", "absorb", "split"):
        given = {"unit": "xa-hoang-dong", "units": "xa-hoang-dong\nxa-binh-minh", "name": "Xã Khác", "to": "huyen-tay",
                 "into": "xa-binh-minh", "parent": "huyen-dong", "kind": "commune_pc", "new": "Xã Một\nXã Hai",
                 "on": DAY, "document_number": "1/NQ", "document_on": DAY, "fingerprint": ""}  # fmt: skip
        yield Ask(f"/units/change/{change}/", given, "POST")
    rows = f"Cơ quan chủ trì,Hình thức,Tên đơn vị,Ngày kiểm tra,Số quyết định\nSở Nội vụ,Đột xuất,Xã Bình Minh,{DAY},{SECRET[1]}\n"
    yield Ask("/inspections/import/", {"file": rows}, "POST")


def draws(sides: Sides) -> Iterator[Ask]:
    """A draw of surprise targets that is drawn and sealed: its public part."""
    for thing in sides.values():
        for address in (f"/draws/{thing['drawn']}/", f"/draws/{thing['drawn']}/proof.json"):
            yield Ask(address, {})
        yield Ask(f"/api/v1/draws/{thing['drawn']}", {})
