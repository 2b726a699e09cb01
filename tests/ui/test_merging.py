"""Two people at one page: what is put together, what is asked, and that nothing typed is lost."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from kycuong.ui.merging import Merging
from kycuong.ui.widgets import DateText


class Paper(forms.Form):
    """A little of everything."""

    text = forms.CharField(label="Nội dung", required=False, widget=forms.Textarea())
    grade = forms.ChoiceField(
        label="Kết quả", required=False, choices=[("", "Chưa"), ("pass", "Đạt"), ("fail", "Hỏng")]
    )
    due = forms.DateField(label="Hạn", required=False, widget=DateText())
    sealed = forms.BooleanField(label="Niêm phong", required=False)
    topics = forms.MultipleChoiceField(label="Chủ đề", required=False, choices=[("a", "Một"), ("b", "Hai")])


class Answer(forms.Form):
    """Two fields that make one answer."""

    merged_whole = "D3. Biển tên"
    outcome = forms.CharField(label="Kết quả", required=False)
    note = forms.CharField(label="Ghi chú", required=False)


BEFORE: dict[str, Any] = {"text": "Một\nhai", "grade": "pass", "due": date(2026, 3, 4), "topics": ["b", "a"]}


def opened(**saved: Any) -> Merging:
    return Merging([Paper(initial=saved)], None, version=1)


def posted(base: Merging, **typed: Any) -> QueryDict:
    data = QueryDict(mutable=True)
    data["version"], data["base"] = str(base.version), base.base
    for name, value in {**json.loads(base.base), **typed}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def test_what_nobody_else_changed_is_written_at_once() -> None:
    data = posted(opened(**BEFORE), text="Một\r\nhai, ba", grade="fail")
    merging = Merging([Paper(initial=BEFORE)], data, version=1)
    assert merging.ready
    assert merging.data is not None
    assert merging.data["text"] == "Một\r\nhai, ba"


def test_what_only_the_other_changed_is_taken_and_shown_first() -> None:
    data = posted(opened(**BEFORE), text="Một\r\nhai, ba")
    now = {**BEFORE, "grade": "fail", "due": None, "sealed": True, "topics": ["a"]}
    merging = Merging([Paper(initial=now)], data, version=2)
    assert not merging.ready
    assert merging.status == 409
    assert merging.taken == ["Kết quả", "Hạn", "Niêm phong", "Chủ đề"]
    form = Paper(merging.data)
    assert form.is_valid()
    assert form.cleaned_data == {
        "text": "Một\r\nhai, ba",
        "grade": "fail",
        "due": None,
        "sealed": True,
        "topics": ["a"],
    }
    assert (merging.version, json.loads(merging.base)["grade"]) == (2, ["fail"])


def test_line_ends_and_the_same_text_of_both_are_no_difference() -> None:
    data = posted(opened(**BEFORE), text="Một\r\nhai", grade="fail")
    assert Merging([Paper(initial={**BEFORE, "grade": "fail"})], data, version=2).ready


def test_what_both_changed_is_asked_until_it_is_chosen() -> None:
    data = posted(opened(**BEFORE), grade="fail", text="Của tôi")
    now = {**BEFORE, "grade": "", "text": "Của người khác"}
    merging = Merging([Paper(initial=now)], data, version=2)
    told = [(clash.part.label, clash.mine, clash.theirs) for clash in merging.clashes]
    assert told == [("Nội dung", "Của tôi", "Của người khác"), ("Kết quả", "Hỏng", "(để trống)")]
    assert merging.data is not None
    assert merging.data["text"] == "Của tôi"

    again = posted(merging, grade="fail", text="Của tôi", **{"merge-text-asked": "1", "merge-grade-asked": "1"})
    half = Merging([Paper(initial=now)], with_(again, {"merge-text": "theirs"}), version=2)
    assert [clash.part.label for clash in half.clashes] == ["Kết quả"]
    assert half.data is not None
    assert half.data["text"] == "Của người khác"
    whole = Merging([Paper(initial=now)], with_(again, {"merge-text": "theirs", "merge-grade": "mine"}), version=2)
    assert whole.ready
    assert Paper(whole.data).is_valid()
    assert whole.data is not None
    assert (whole.data["text"], whole.data["grade"]) == ("Của người khác", "fail")


def with_(data: QueryDict, more: dict[str, str]) -> QueryDict:
    copy = data.copy()
    copy.update(more)
    return copy


def test_one_answer_is_decided_whole() -> None:
    old, new = {"outcome": "pass", "note": ""}, {"outcome": "fail", "note": "Thiếu"}
    base = Merging([Answer(prefix="D3", initial=old)], None, version=1)
    merging = Merging([Answer(prefix="D3", initial=new)], posted(base, **{"D3-note": "Đủ"}), version=2)
    [clash] = merging.clashes
    assert (clash.part.label, clash.mine, clash.theirs) == (
        "D3. Biển tên", "Kết quả: pass; Ghi chú: Đủ", "Kết quả: fail; Ghi chú: Thiếu",
    )  # fmt: skip
    chosen = posted(merging, **{"D3-outcome": "pass", "D3-note": "Đủ", "merge-D3": "theirs", "merge-D3-asked": "1"})
    done = Merging([Answer(prefix="D3", initial=new)], chosen, version=2)
    assert done.data is not None
    assert (done.data["D3-outcome"], done.data["D3-note"]) == ("fail", "Thiếu")


@pytest.mark.parametrize("base", ["", "{", "[]", "null", '{"text": 3, "grade": [1, null]}', "\0"])
def test_a_base_that_is_none_asks_about_every_difference(base: str) -> None:
    data = QueryDict(mutable=True)
    data.update({"version": "1", "base": base, "text": "Của tôi", "grade": "pass"})
    merging = Merging([Paper(initial={"text": "Khác", "grade": "pass"})], data, version=2)
    assert [clash.part.label for clash in merging.clashes] == ["Nội dung"]


@pytest.mark.parametrize("version", ["", "x", "9" * 30, "1.5"])
def test_a_version_that_is_none_is_left_to_the_act(version: str) -> None:
    data = QueryDict(mutable=True)
    data.update({"version": version, "text": "Của tôi"})
    assert Merging([Paper(initial={"text": "Khác"})], data, version=2).ready


LINES = st.sampled_from(["", "một", "hai", "ba"])


@given(base=LINES, mine=LINES, theirs=LINES)
def test_no_text_is_ever_lost_silently(base: str, mine: str, theirs: str) -> None:
    """Whatever three texts meet: mine is in the form, or it is what was there before."""
    start = Merging([Paper(initial={"text": base})], None, version=1)
    merging = Merging([Paper(initial={"text": theirs})], posted(start, text=mine), version=2)
    assert merging.data is not None
    kept = merging.data.get("text", "")
    assert kept == mine or (mine == base and kept == theirs)
    if len({base, mine, theirs}) == 3:
        assert [(clash.mine, clash.theirs) for clash in merging.clashes] == [
            (mine or "(để trống)", theirs or "(để trống)")
        ]


@pytest.mark.parametrize("base", ["[" * 200_000, '{"text":' * 100_000, "1" * 5000, "null", '{"text":{"a":1}}', ""])
def test_a_base_that_is_none_makes_the_page_ask(base: str) -> None:
    data = posted(opened(**BEFORE), text="Của tôi")
    data["base"] = base
    merging = Merging([Paper(initial={**BEFORE, "text": "Của người khác"})], data, version=2)
    assert [one.part.key for one in merging.clashes] == ["text"]
