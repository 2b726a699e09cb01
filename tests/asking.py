"""How each address is asked for one thing: what fills it, and what is sent along."""

from __future__ import annotations

import json
import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kycuong.papers.word import word_file

from .bodies import BODIES, own_form
from .matrix import Line
from .papers.samples import letter
from .photos import pdf
from .signin.soft_key import SoftKey, code_now
from .surface import filled, holes

API = "/api/"


def special(line: Line, thing: dict[str, str], values: dict[str, str]) -> dict[str, str]:
    """What fills an address otherwise than its name says."""
    values = dict(values)
    if "code" in values and "/wordings/" in line.address:
        values |= {"code": "D3"}
    elif "code" in values and "/kinds/" in line.address:
        values |= {"code": "reminder"}
    elif "code" in values:
        values |= {"code": f"{thing['group']}1" if "/criteria/<" in line.address else thing["group"]}
    if line.thing == "role":
        values |= {"uid": thing["person"]}
    if "/keys/<uuid:key>/" in line.address:
        values |= {"key": thing["api_key"]}
    if "step" in values:
        steps = {"/plans/": "submit", "/recommendations/": "close", "/measures/": "decide"}
        values |= {"step": next((step for part, step in steps.items() if part in line.address), "approve")}
    for hole, name in (("agency", "declarer"), ("delivery", "delivery")):
        values |= {hole: thing.get(name, values[hole])} if hole in values else {}
    if "/papers/" in line.address:
        values |= {
            "paper": "plan" if "wording" in line.address else "minutes",
            "piece": "purpose",
            "form": "docx",
            "which": "sent",
        }
    for part, more in PARTS.items():
        values |= more if part in line.address else {}
    return values


PARTS = {
    "lists/<": {"name": "inspections"}, "/figures/summary": {"form": "xlsx"}, "/rounds/s": {"form": "xlsx"},
    "/receipts/": {"kind": "minutes", "form": "txt"}, "/help/guide/<": {"name": "aggregator"},
}  # fmt: skip
"""Part of an address → what fills it."""


def values_of(line: Line, thing: dict[str, str]) -> dict[str, str]:
    """What fills the parameters of the address."""
    values = dict.fromkeys(holes(line.address), thing.get(line.thing, line.thing)) | FIXED | {"key": thing["target"]}
    return values | special(line, thing, values)


def send(client: Client, line: Line, thing: dict[str, str], *, at: dict[str, str] | None = None, **more: Any) -> Any:
    """Ask as a browser or a program does, at the address of `at` if it is another one; `more` is said beside what is needed."""
    address = filled(line.address, values_of(line, at or thing))
    if line.method not in ("GET", "POST") or (line.method == "GET" and line.address.startswith("/api/v1/field/")):
        return send_otherwise(client, line.method, address, thing["phone"])
    if line.method == "GET":
        asked = ASKED.get(line.address, {})
        when = YEARLY if line.address.startswith(PAR) else WHEN
        return client.get(address, {"scope": thing["lead"], **when} if line.thing == "scope" else asked)
    body = BODIES[line.address](thing) if line.address in BODIES else {}
    if line.address in ("/me/security/app/", "/me/security/passkeys/"):
        body |= shown_proof(client, line.address)
    if line.address in MARKED:
        body |= {"seen": seen_at(client, address)}
    body |= more
    if line.address.endswith("/papers/check"):
        return client.post(address, {"file": SimpleUploadedFile("a.docx", word_file(letter()))})
    if line.address.startswith("/api/") and line.address.endswith("/templates/<paper>"):
        return client.post(address, {"file": SimpleUploadedFile("mau.docx", own_form())})
    if line.address.endswith("/proof"):
        return client.post(address, {"files": SimpleUploadedFile("a.pdf", pdf())})
    if line.address.startswith(API):
        return client.post(address, json.dumps(body), content_type="application/json")
    return client.post(address, body)


def shown_proof(client: Client, address: str) -> dict[str, str]:
    """What the page of a new factor wants back; nothing of a stranger."""
    if address.endswith("/app/"):
        found = re.search(r"<code>([A-Z2-7 ]+)</code>", client.get(address).content.decode())
        return {"code": code_now(found[1].replace(" ", ""))} if found else {}
    answer = client.post(f"{address}options/")
    return {"name": "Máy", "credential": SoftKey().made(answer.json())} if answer.status_code == 200 else {}


MARKED = (
    "/api/v1/rounds/<uid>/signature", "/api/v1/agency-reports/<uid>/submission", "/rounds/<uuid:uid>/signature/",
    "/rounds/reports/<uuid:uid>/submission/",
)  # fmt: skip
"""What freezes what was read before, and says which."""


def seen_at(client: Client, address: str) -> str:
    """The mark of what is shown there; nothing for whoever is shown nothing."""
    found = re.search(r'"seen"(?: value=|: ?)"(\w+)"', client.get(address).content.decode())
    return found[1] if found else ""


X = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
"""The SHA-256 of «x»."""


def send_otherwise(client: Client, method: str, address: str, phone: str) -> Any:
    """Parts of files, and what a phone asks."""
    if method == "PUT":
        return client.put(address, b"", content_type="application/octet-stream")
    if method == "PATCH":
        part = {"Upload-Offset": "0", "Upload-Length": "12", "KT-Device": phone, "Chunk-Sha256": X}
        return client.patch(address, b"x", content_type="application/offset+octet-stream", headers=part)
    return client.head(address) if method == "HEAD" else client.get(address, {"device": phone})


FIXED = {"version": "1.0", "form": "csv", "name": "visits", "kind": "rename", "token": "khong-co", "place": "0"}
ASKED = {"/api/v1/term": {"start": "2026-04-03", "days": "15"}, "/exports/new/": {"list": "days-off"}}
ASKED |= {"/api/v1/features": {"unit": "tinh-thu-nghiem"}}
"""What a GET must say to be understood."""
FIXED |= {"criterion": "kiem-tra", "feature": "ranking"}
WHEN = {"from": "2019-01-01", "to": "2019-04-30"}
PAR, YEARLY = ("/figures/par", "/api/v1/figures/par"), {"year": "2019"}
