"""Pages of sample data say so, at their top; the others say nothing of it."""

from __future__ import annotations

import pytest
from django.test import Client

from kycuong.site import context
from tests.desk import Desk

STRIP = 'class="sample"'


@pytest.mark.django_db
@pytest.mark.parametrize("sampled", [True, False])
def test_every_frame_says_whether_its_data_are_samples(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, sampled: bool
) -> None:
    monkeypatch.setattr(context, "is_loaded", lambda: sampled)
    client = Client()
    assert (STRIP in client.get("/accounts/login/").content.decode()) is sampled
    client.force_login(desk.people["aggregator"])
    for address in ("/", "/mine/", "/units/", "/nowhere/"):
        text = client.get(address, follow=True).content.decode()
        assert (STRIP in text) is sampled, address
        assert "<header" in text
