"""Every page that the menu, the figures and the records of a generated nation lead to opens, for every role."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from kycuong.followup.models import AccountabilityMeasure, Recommendation
from kycuong.inspections.models import Visit
from kycuong.orgs.models import Person, UnitVersion
from kycuong.plans.models import InspectionPlan
from tests.budget import few

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nation")]
LINK = re.compile(r'href="(/[^"#?]*)(?:\?[^"#]*)?"')
ELSEWHERE = ("/static/", "/accounts/", "/tour", "/favicon", "/sw", "/manifest")
ROLES = ("tonghop", "thutruong", "lanhdao", "truongdoan", "vanthu", "kiemtoan", "quantri")


def opened(client: Client, path: str) -> str:
    answer = client.get(path, follow=True)
    assert answer.status_code == 200, path
    return "" if answer.streaming else answer.content.decode()


def links(page: str) -> Iterator[str]:
    yield from (path for path in dict.fromkeys(LINK.findall(page)) if not path.startswith(ELSEWHERE))


@pytest.mark.parametrize("username", few(ROLES))
def test_the_first_page_and_all_that_it_leads_to_opens(username: str) -> None:
    client = Client()
    client.force_login(Person.objects.get(username=username))
    found = list(links(opened(client, "/")))
    assert len(found) > 5
    for path in found[:40]:
        opened(client, path)


def test_every_kind_of_record_opens() -> None:
    client = Client()
    client.force_login(Person.objects.get(username="tonghop"))
    assert "Cả nước (dữ liệu tạo sinh)" in opened(client, "/units/ca-nuoc/")
    for kind in ("province", "provincial_department", "district_pc", "commune_pc", "division", "public_service_unit"):
        opened(client, UnitVersion.objects.filter(kind=kind).latest("pk").unit.get_absolute_url())
    visit = Visit.objects.filter(state="signed").latest("pk")
    annulled = Visit.objects.filter(state="annulled").first() or visit
    records = [
        visit,
        visit.inspection,
        annulled,
        InspectionPlan.objects.latest("pk"),
        Recommendation.objects.latest("pk"),
    ]
    measure = AccountabilityMeasure.objects.first()
    for record in [*records, *([measure] if measure else [])]:
        opened(client, record.get_absolute_url())
