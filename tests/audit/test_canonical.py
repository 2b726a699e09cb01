"""One value, one spelling: RFC 8785 for the values that the log knows, and a clear refusal of the others."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import UUID

import pytest

from kycuong.audit.canonical import dumps, plain
from kycuong.orgs.models import Person, Unit
from kycuong.orgs.rules import Kind

UID = UUID("01890a5d-ac96-774b-bcce-b302099a8057")


def test_members_are_sorted_by_utf16_as_in_the_standards_example() -> None:
    # RFC 8785 §3.2.3; U+1F600 sorts before U+FB33, unlike by code point.
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    in_order = list(json.loads(dumps(dict.fromkeys(names, 0))))
    assert in_order == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_text_is_escaped_as_the_standard_says() -> None:
    text = 'Đ "\\/\b\f\n\r\t\x00\x1f\x7f\u2028'
    assert dumps(text) == b'"\xc4\x90 \\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\x7f\xe2\x80\xa8"'


def test_nothing_is_spaced_and_order_does_not_matter() -> None:
    assert (
        dumps({"b": [1, True, None], "a": {}})
        == dumps({"a": {}, "b": [1, True, None]})
        == b'{"a":{},"b":[1,true,null]}'
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2019, 4, 30), "2019-04-30"),
        (datetime(2019, 4, 30, 1, 2, tzinfo=UTC), "2019-04-30T01:02:00+00:00"),
        (time(8, 30), "08:30:00"),
        (UID, str(UID)),
        (Decimal("1.50"), "1.50"),
        (Kind.COMMUNE_PC, "commune_pc"),
        (Unit(uid=UID), str(UID)),
        ([Person(uid=UID), {"n": (1, None)}], [str(UID), {"n": [1, None]}]),
        ({"b", "a"}, ["a", "b"]),
        (True, True),
    ],
)
def test_plain_values(value: object, expected: object) -> None:
    assert plain(value) == expected


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"rate": [0.5]}, r"details\.rate\[0\]: float has no place"),
        ({"n": 2**53}, r"details\.n: 9007199254740992 is too large"),
        ({"x": {1: 2}}, r"details\.x: the name 1 of a member must be text"),
        ({"x": object()}, r"details\.x: object has no place"),
        (b"bytes", "details: bytes has no place"),
    ],
)
def test_other_values_are_refused_by_name(value: object, message: str) -> None:
    with pytest.raises((TypeError, ValueError), match=message):
        plain(value)


def test_text_that_is_not_unicode_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        dumps("\ud800")
