"""Rows that tests of the log act on: written by the test itself, so without an entry until the test records one."""

from __future__ import annotations

from datetime import date

import pytest

from kycuong.catalog.models import LegalBasis
from kycuong.orgs.models import Person, Unit
from kycuong.orgs.rules import Kind

from .given import given, reply  # noqa: F401 - fixtures


@pytest.fixture
def person(db: None) -> Person:
    return Person.objects.create(
        username="thu-ky", full_name="Đặng Thị Thử", position="Chuyên viên", email="thu@example.vn"
    )


@pytest.fixture
def unit(db: None) -> Unit:
    unit = Unit.objects.create(slug="xa-thu")
    unit.versions.create(
        name="Xã Thử ₫ 𝄞", kind=Kind.COMMUNE_PC, search_key="xa thu", sort_key="xa thu", valid_from=date(2010, 1, 1)
    )
    return unit


@pytest.fixture
def basis(db: None) -> LegalBasis:
    return LegalBasis.objects.create(number="01/TEST", title="Văn bản thử", issued_on=date(2019, 1, 31))
