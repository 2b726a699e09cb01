"""What is kept when a report is signed: one text, its digest, and what it says beside the figures. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kycuong.core.problems import RuleBroken
from kycuong.reports.rules.summary import Summary, from_json, to_json

from . import changes
from .changes import Change

FORMAT = 1
NONCE = "nonce"
"""Where a random number lies in what is kept: without it nobody finds by trying which measures give the digest."""
OWN_WORDS = ("difficulties", "directions")
"""The parts of the report that an agency writes itself: difficulties; directions and proposals."""


@dataclass(frozen=True)
class Adjusted:
    """What changed of an earlier signed report and no report had told yet. `open` leaves measures out."""

    report: str
    title: str
    changes: tuple[Change, ...]
    open: tuple[Change, ...]


@dataclass(frozen=True)
class Frozen:
    """A signed report: the summary, what was asked of whom, who reported, what is adjusted of earlier ones."""

    summary: Summary
    asked: Mapping[str, Any]
    agencies: tuple[Mapping[str, Any], ...]
    adjusted: tuple[Adjusted, ...]


def text_of(told: Mapping[str, Any]) -> str:
    """Always in the same order: two equal contents give the same letters, so the same digest."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def frozen_text(frozen: Frozen) -> str:
    """The text that is kept and digested."""
    return text_of(
        {
            "format": FORMAT,
            "summary": to_json(frozen.summary),
            "asked": dict(frozen.asked),
            "agencies": [dict(one) for one in frozen.agencies],
            "adjusted": [
                {
                    "report": one.report,
                    "title": one.title,
                    "changes": [change.as_json() for change in one.changes],
                    "open": [change.as_json() for change in one.open],
                }
                for one in frozen.adjusted
            ],
        }
    )


def submitted_text(summary: Summary, nonce: str) -> str:
    """What is kept of a submission, and digested."""
    return text_of({"format": FORMAT, NONCE: nonce, "summary": to_json(summary)})


def submitted_of(text: str) -> Summary:
    """What was kept of a submission, from its text alone."""
    return from_json(json.loads(text)["summary"])


def frozen_of(text: str) -> Frozen:
    """What was kept, from its text alone."""
    told = json.loads(text)
    return Frozen(
        from_json(told["summary"]),
        told["asked"],
        tuple(told["agencies"]),
        tuple(
            Adjusted(one["report"], one["title"], _changes(one["changes"]), _changes(one["open"]))
            for one in told["adjusted"]
        ),
    )


def opened(frozen: Frozen) -> Frozen:
    """For whoever may not know of measures."""
    adjusted = tuple(replace(one, changes=one.open) for one in frozen.adjusted if one.open)
    asked = {name: told for name, told in frozen.asked.items() if name != NONCE}
    return replace(frozen, summary=frozen.summary.without_measures(), asked=asked, adjusted=adjusted)


def with_words(summary: Summary, difficulties: str, proposals: str) -> Summary:
    """The computed report with the agency's own words in their place; nothing typed leaves the office's usual words."""
    own = {key: tuple(_lines(text)) for key, text in zip(OWN_WORDS, (difficulties, proposals), strict=True)}
    return replace(summary, words={**summary.words, **{key: said for key, said in own.items() if said}})


def ensure_whole(text: str, digest: str) -> None:
    """What is read is what was signed."""
    if digest_of(text) != digest:
        raise RuleBroken(
            "Nội dung lưu không khớp mã băm lúc khóa: cơ sở dữ liệu đã bị sửa từ bên ngoài. Hãy báo quản trị hệ thống, chạy `./run audit verify`.",
            en="What is kept does not match its digest: the database was changed from outside. Run `./run audit verify`.",
        )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _changes(told: Sequence[Mapping[str, Any]]) -> tuple[Change, ...]:
    return tuple(changes.from_json(one) for one in told)
