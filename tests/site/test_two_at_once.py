"""Two people open the same page and both save: the second is asked, field by field, and nothing is lost."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kycuong.catalog.actions import add_criterion, add_group, start_draft
from kycuong.core.clock import today
from kycuong.inspections import actions
from kycuong.inspections.models import Conclusion
from kycuong.orgs.models import Person
from kycuong.plans.actions import Item, add_item, draft_plan
from kycuong.plans.models import InspectionPlan
from tests.desk import Desk, asked

AsPerson = Callable[[Person], Client]


def filled(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send back if nothing was touched."""
    return controls(client.get(address).content.decode())


def controls(page: str) -> dict[str, Any]:
    form = page[page.index('name="version"') :]
    found = {
        name: html.unescape(value)
        for name, value in re.findall(r'<input[^>]*?\sname="([^"]+)"\s+value="([^"]*)"', form)
    }
    found = {name: value for name, value in found.items() if not name.startswith("merge-") or name.endswith("-asked")}
    inputs = re.findall(r'<input type="text" name="([^"]+)"[^>]*? value="([^"]*)"', form)
    texts = re.findall(r'<textarea[^>]*? name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', form)
    found |= {name: html.unescape(value) for name, value in [*inputs, *texts]}
    found["version"] = re.findall(r'name="version" value="(\d+)"', page)[0]
    return found


@pytest.fixture
def draft(desk: Desk) -> Conclusion:
    made = actions.draft_conclusion(desk.signed(), by=desk.people["team_head"])
    words = {"strengths": "Nền nếp", "shortcomings": "Thiếu biển", "requests": "Bổ sung"}
    return actions.change_conclusion(made, by=desk.people["team_head"], version=made.version, **words)


def test_two_write_one_conclusion(desk: Desk, draft: Conclusion, as_person: AsPerson) -> None:
    address = f"/conclusions/{draft.uid}/text/"
    first, second = as_person(desk.people["team_head"]), as_person(desk.people["aggregator"])
    mine, theirs = filled(second, address), filled(first, address)
    assert first.post(address, theirs | {"requests": "Bổ sung ngay", "causes": "Mới sắp xếp"}).status_code == 302
    asked = second.post(address, mine | {"requests": "Bổ sung trong tháng", "strengths": "Nền nếp tốt"})
    page = asked.content.decode()
    assert asked.status_code == 409
    for words in ("Hai người cùng sửa", "Người team_head (", "Bổ sung ngay", "Bổ sung trong tháng", "Nguyên nhân"):
        assert words in page
    still = Conclusion.objects.get()
    assert (still.requests, still.strengths) == ("Bổ sung ngay", "Nền nếp")

    again = controls(page)
    assert second.post(address, again).status_code == 409, "a question that is not answered is asked again"
    done = second.post(address, again | {"merge-requests": "theirs"})
    assert done.status_code == 302
    kept = Conclusion.objects.get()
    assert (kept.requests, kept.strengths, kept.causes, kept.shortcomings) == (
        "Bổ sung ngay", "Nền nếp tốt", "Mới sắp xếp", "Thiếu biển",
    )  # fmt: skip


def test_a_fault_does_not_make_one_forget_the_other(desk: Desk, as_person: AsPerson) -> None:
    """A form that comes back with a fault still knows which version it was opened on."""
    plan = draft_plan(by=desk.people["coordinator"], agency=desk.units["district"], year=today().year, target_units=5)
    address = f"/plans/{plan.uid}/text/"
    first, second = as_person(desk.people["coordinator"]), as_person(desk.people["aggregator"])
    mine, theirs = filled(second, address), filled(first, address)
    assert first.post(address, theirs | {"target_units": "7"}).status_code == 302
    faulty = second.post(address, mine | {"target_units": "nhiều"})
    assert "Hai người cùng sửa" in faulty.content.decode()
    again = controls(faulty.content.decode()) | {"target_units": "9"}
    assert second.post(address, again).status_code == 409
    assert InspectionPlan.objects.get().target_units == 7
    assert second.post(address, again | {"merge-target_units": "mine"}).status_code == 302
    assert InspectionPlan.objects.get().target_units == 9


def test_what_left_the_draft_meanwhile_is_refused_with_the_reason(
    desk: Desk, draft: Conclusion, as_person: AsPerson
) -> None:
    address = f"/conclusions/{draft.uid}/text/"
    second = as_person(desk.people["aggregator"])
    mine = filled(second, address)
    actions.share_conclusion(draft, by=desk.people["team_head"])
    answer = second.post(address, mine | {"requests": "Bổ sung trong tháng"})
    assert answer.status_code == 422
    assert "Bổ sung trong tháng" in answer.content.decode()
    assert "trạng thái" in answer.content.decode()


def test_two_change_different_things_of_a_plan_item(desk: Desk, as_person: AsPerson) -> None:
    planner = desk.people["coordinator"]
    plan = draft_plan(by=planner, agency=desk.units["district"], year=today().year)
    item = add_item(plan, by=planner, said=Item(unit=desk.units["commune"], month=3, note="Trụ sở"))
    address = f"/plans/items/{item.uid}/"
    first, second = as_person(planner), as_person(desk.people["aggregator"])
    opened = first.get(address).content.decode()
    base = html.unescape(re.findall(r'name="base"\s+value="([^"]*)"', opened)[0])
    start = {"version": "1", "base": base, "form": item.form, "unit": item.unit.slug, "month": "3", "note": "Trụ sở"}
    assert first.post(address, start | {"month": "5"}).status_code == 302
    shown = second.post(address, start | {"note": "Cả hai cơ sở"})
    assert shown.status_code == 409
    page = shown.content.decode()
    assert "Đã lấy vào những chỗ người khác vừa sửa" in page
    assert "Thời gian" in page
    again = start | {"version": "2", "base": base.replace('["3"]', '["5"]'), "month": "5", "note": "Cả hai cơ sở"}
    assert second.post(address, again).status_code == 302
    item.refresh_from_db()
    assert (item.month, item.note) == (5, "Cả hai cơ sở")


def test_two_criteria_of_one_draft_do_not_meet(desk: Desk, as_person: AsPerson) -> None:
    """The draft has one revision; who changes another criterion is in nobody's way."""
    writer = desk.people["aggregator"]
    draft = start_draft(by=writer, version="2.0", title="Bản hai")
    group = add_group(draft, by=writer, revision=draft.revision, code="A", title="Giờ giấc")
    for code in ("A1", "A2"):
        draft.refresh_from_db()
        add_criterion(draft, by=writer, revision=draft.revision, group=group, code=code, content=asked())
    draft.refresh_from_db()
    first, second = as_person(writer), as_person(writer)
    where = {code: f"{draft.get_absolute_url()}criteria/{code}/" for code in ("A1", "A2")}
    held = {"revision": str(draft.revision), **{key: str(value) for key, value in asked().items()}, "counted": "on"}
    base = html.unescape(re.findall(r'name="base"\s+value="([^"]*)"', second.get(where["A2"]).content.decode())[0])
    assert first.post(where["A1"], held | {"text": "Có đi làm đúng giờ", "base": base}).status_code == 302
    assert second.post(where["A2"], held | {"text": "Có đeo thẻ", "base": base}).status_code == 302
    assert second.post(where["A1"], held | {"text": "Có đi đúng giờ", "base": base}).status_code == 409
    assert sorted(draft.criteria.values_list("text", flat=True)) == ["Có đeo thẻ", "Có đi làm đúng giờ"]


def test_two_record_one_visit(desk: Desk, as_person: AsPerson) -> None:
    """Different criteria of two inspectors come together without a question; the same one is asked, whole."""
    visit = desk.visit()
    first, second = as_person(desk.people["team_head"]), as_person(desk.people["team_member"])
    address = visit.get_absolute_url()
    opened = html.unescape(re.findall(r'name="base"\s+value="([^"]*)"', second.get(address).content.decode())[0])
    start = {"version": str(visit.version), "base": opened, "other-severity": "1"}
    failed = {"D3-outcome": "fail", "D3-finding": "Bàn tiếp dân chưa có biển tên"}
    assert first.post(address, start | failed).status_code == 302
    came = second.post(address, start | {"D4-outcome": "pass", "strengths": "Nền nếp"}, follow=True)
    assert "cùng những gì người khác vừa ghi: D3." in html.unescape(came.content.decode())
    visit.refresh_from_db()
    assert (visit.answers["D3"]["outcome"], visit.answers["D4"]["outcome"]) == ("fail", "pass")
    assert visit.strengths == "Nền nếp"
    assert visit.findings.get().description == "Bàn tiếp dân chưa có biển tên"

    version = visit.version
    asked = second.post(address, start | {"D3-outcome": "pass", "D4-outcome": "pass", "strengths": "Nền nếp"})
    told = html.unescape(asked.content.decode())
    assert asked.status_code == 409
    assert "Kết quả: Không đạt; Mô tả tồn tại: Bàn tiếp dân chưa có biển tên" in told
    visit.refresh_from_db()
    assert visit.version == version
    now = html.unescape(re.findall(r'name="base"\s+value="([^"]*)"', asked.content.decode())[0])
    again = start | {"version": str(version), "base": now, "D3-outcome": "pass", "D4-outcome": "pass",
                     "strengths": "Nền nếp", "merge-D3-asked": "1"}  # fmt: skip
    assert second.post(address, again).status_code == 409
    assert second.post(address, again | {"merge-D3": "theirs"}).status_code == 302
    visit.refresh_from_db()
    assert visit.answers["D3"]["outcome"] == "fail"
    assert visit.findings.count() == 1
