"""No sentence comes onto a paper unseen: whoever adds one changes docs/reference/papers.md, which a practitioner reads over."""

from __future__ import annotations

from pathlib import Path

import pytest

from kycuong.letterheads.rules import WORDINGS
from kycuong.site import paper_words, reference
from kycuong.site.paper_words import GAP, plain, sentences

ADDED = '''
"""Một câu ở đây không phải là câu trên văn bản."""
def closing(unit):
    """Nor is this one: câu mô tả của hàm."""
    if not unit:
        raise RuleBroken("Câu từ chối này không in ra văn bản.", en="Refused.")
    return Text(f"Đơn vị {unit.name} chịu trách nhiệm trước pháp luật." if unit else "Ngắn thôi", style="body text here")
'''


def test_a_sentence_that_is_added_is_found() -> None:
    assert sentences(ADDED) == [f"Đơn vị {GAP} chịu trách nhiệm trước pháp luật."]


def test_a_sentence_that_stands_on_no_page_is_drift(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What `just check` asks."""
    page = reference.PLACE / "papers.md"
    assert page not in reference.drifted()
    added = tmp_path / "documents.py"
    added.write_text(ADDED, encoding="utf-8")
    before = paper_words.sources()
    monkeypatch.setattr(paper_words, "sources", lambda: [*before, added])
    monkeypatch.setattr(paper_words, "named", lambda path: path.name)
    assert page in reference.drifted()


def test_every_standard_wording_stands_on_the_page() -> None:
    page = plain((reference.PLACE / "papers.md").read_text(encoding="utf-8"))
    missing = [
        part.text
        for pieces in WORDINGS.values()
        for part in pieces.values()
        if part.text and plain(part.text) not in page
    ]
    assert missing == []
