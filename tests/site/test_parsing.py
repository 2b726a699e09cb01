"""A parameter of the API that is said twice: one of the two would be answered, and nobody knew which."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory

from kycuong.site.parsing import OnceEach
from tests.desk import Desk


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("plans?page=1&page=2", "page"),
        ("plans?year=2025&state=draft&state=draft", "state"),
        ("draws?page=&page=", "page"),
    ],
)
def test_a_parameter_that_comes_twice_is_refused_by_name(
    desk: Desk, as_person: Callable[[Any], Client], address: str, name: str
) -> None:
    answer = as_person(desk.people["coordinator"]).get(f"/api/v1/{address}")
    assert answer.status_code == 422
    told = answer.json()
    assert [one["field"] for one in told["errors"]] == [name]
    assert "được gửi nhiều lần" in told["detail"]
    assert "sent more than once" in told["detail_en"]


def test_a_parameter_that_is_a_list_may_come_often(rf: RequestFactory) -> None:
    """Once each is asked of what means one thing only."""
    request = rf.get("/?unit=a&unit=b&page=1")
    assert OnceEach().parse_querydict(request.GET, ["unit"], request) == {"unit": ["a", "b"], "page": "1"}
