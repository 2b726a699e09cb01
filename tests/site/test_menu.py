"""The menu of the bar: what is used every day first, the rest under «Khác» where it would need a second line."""

from __future__ import annotations

import re

import pytest

from tests.desk import Desk


@pytest.mark.django_db
def test_rarer_entries_go_under_more_only_where_there_are_many(desk: Desk, as_person: object) -> None:
    many = as_person(desk.people["aggregator"]).get("/days-off/").content.decode()  # type: ignore[operator]
    more = many.split("bar-more")[1].split("</details>")[0]
    assert re.search(r'href="/days-off/"\s+aria-current="page"', more)
    assert "data-current" in more
    assert 'href="/inspections/"' not in more
    few = as_person(desk.people["nobody"]).get("/units/").content.decode()  # type: ignore[operator]
    assert "bar-more" not in few
    assert re.search(r'href="/units/"\s+aria-current="page"', few)
