"""Pages of sample data say so, at their top; the others say nothing of it."""

from __future__ import annotations

import pytest
from django.test import Client

from kycuong.demo.accounts import ACCOUNTS
from kycuong.orgs.models import Person
from tests.desk import Desk

STRIP = 'class="sample"'


@pytest.mark.django_db
@pytest.mark.parametrize("sampled", [True, False])
def test_every_frame_says_whether_its_data_are_samples(desk: Desk, sampled: bool) -> None:
    if sampled:
        Person.objects.create(username=ACCOUNTS[0].username, full_name=ACCOUNTS[0].full_name)
    client = Client()
    assert (STRIP in client.get("/accounts/login/").content.decode()) is sampled
    client.force_login(desk.people["aggregator"])
    for address in ("/", "/mine/", "/units/", "/nowhere/"):
        text = client.get(address, follow=True).content.decode()
        assert (STRIP in text) is sampled, address
        assert "<header" in text
