"""People changed by a sheet: taken out, previewed line by line, carried out whole by the acts of the page, with their rights."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from kycuong.audit.models import AuditEntry
from kycuong.core.clock import today
from kycuong.core.problems import NotAllowed, Stale
from kycuong.orgs.actions import change_account, end_role, grant_role
from kycuong.orgs.authority import at_the_machine, can, people_visible_to
from kycuong.orgs.imports.people import carry_out, sheet_of
from kycuong.orgs.models import Assignment, Person
from tests.desk import Desk
from tests.orgs.people_sheet import (
    HEAD,
    LEADER,
    NEW,
    SOON,
    YESTERDAY,
    AsPerson,
    Row,
    admin,
    faults,
    low,
    read,
    row_of,
    said,
    send,
    taken,
    upload,
)

__all__ = ["admin", "low"]


@pytest.mark.django_db
class TestRolesInWords:
    @pytest.mark.parametrize(("called", "role"), [("cán bộ đầu mối", "coordinator"), ("Kiểm toán", "auditor")])
    def test_a_role_is_understood_by_its_short_name(self, desk: Desk, admin: Person, called: str, role: str) -> None:
        send([{**NEW, "role": called}], admin)
        assert [one.role for one in Assignment.objects.filter(person__username="moi.vao")] == [role]

    def test_a_role_that_nobody_understands_is_one_fault_of_its_cell(self, desk: Desk, admin: Person) -> None:
        [fault] = read([{**NEW, "role": "Cán bộ tổng hợp tỉnh"}], admin).errors
        assert "Không hiểu «Cán bộ tổng hợp tỉnh»" in fault.vi
        assert "; Kiểm toán, giám sát; " in fault.vi

    def test_a_role_that_is_missing_is_still_asked_for(self, desk: Desk, admin: Person) -> None:
        said = [fault.vi for fault in read([NEW], admin).errors]
        assert any("Người mới phải có vai trò" in one for one in said)


@pytest.mark.django_db
class TestTakenOut:
    def test_who_may_be_changed_with_each_role_and_its_key(self, desk: Desk, admin: Person, low: Person) -> None:
        rows = taken(admin)
        role = desk.people["coordinator"].assignments.get()
        assert {row["key"] for row in rows if row["username"] == "coordinator"} == {str(role.uid)}
        assert len({row["username"] for row in rows}) == Person.objects.filter(is_active=True).count()
        below = {row["username"] for row in taken(low)}
        assert {"coordinator", "unit_head"} <= below
        assert not below & {"leader", "team_head", "outsider"}

    def test_who_holds_a_role_beyond_stays_out(self, desk: Desk, admin: Person, low: Person) -> None:
        grant_role(desk.people["coordinator"], by=admin, role="leader", unit=desk.units["province"])
        assert "coordinator" not in {row["username"] for row in taken(low)}

    def test_sent_back_as_it_is_it_changes_nothing(self, admin: Person) -> None:
        preview = read(taken(admin), admin)
        assert preview.is_ready
        assert {row.what for row in preview.rows} == {"same"}
        before = AuditEntry.objects.count()
        carry_out(preview, by=admin)
        assert AuditEntry.objects.count() == before

    def test_nothing_of_a_password_is_in_it(self, admin: Person) -> None:
        text = str(taken(admin)) + str([column.title for column in sheet_of(admin).columns])
        assert "argon2" not in text
        assert "ật khẩu" not in text


@pytest.mark.django_db
class TestChanges:
    def test_words_change_and_blank_cells_leave_alone(self, desk: Desk, admin: Person) -> None:
        change_account(desk.people["leader"], by=admin, full_name="Tên cũ", position="Phó", email="a@vidu.vn")
        row = row_of(admin, "leader", full_name="Tên mới", position=None, email="-")
        send([row], admin)
        person = Person.objects.get(username="leader")
        assert (person.full_name, person.position, person.email) == ("Tên mới", "Phó", "")
        assert said(read([row], admin)) == [("same", "giữ nguyên")]

    def test_somebody_moves_to_another_unit_from_a_day(self, desk: Desk, admin: Person) -> None:
        row = row_of(admin, "coordinator", unit=str(desk.units["other_district"]), moved_on=SOON)
        preview = read([row], admin)
        assert preview.rows[0].what == "change"
        assert "Huyện Tây" in preview.rows[0].cells[1]
        carry_out(preview, by=admin)
        old, new = Assignment.objects.filter(person__username="coordinator").order_by("valid_from")
        assert (old.unit, old.valid_to, new.unit, new.valid_from) == (
            desk.units["district"], SOON, desk.units["other_district"], SOON,
        )  # fmt: skip
        assert said(read([row], admin)) == [("same", "giữ nguyên")]

    def test_a_move_without_its_day_is_asked_for(self, desk: Desk, admin: Person) -> None:
        told = faults([row_of(admin, "coordinator", unit=str(desk.units["other_district"]))], admin)
        assert "«Đổi từ ngày»" in told["Đổi từ ngày"]

    def test_a_role_ends_and_goes_on_and_the_same_file_does_no_more(self, desk: Desk, admin: Person) -> None:
        row = row_of(admin, "coordinator", last=SOON)
        send([row], admin)
        role = Assignment.objects.get(person__username="coordinator")
        assert role.valid_to == SOON + timedelta(days=1)
        longer = {**row, "last": SOON + timedelta(days=10)}
        send([longer], admin)
        assert can(desk.people["coordinator"], "figures.see", at=desk.units["district"])
        assert Assignment.objects.filter(person__username="coordinator").count() == 2
        assert said(read([longer], admin)) == [("same", "giữ nguyên")]
        fresh = [one for one in taken(admin) if one["username"] == "coordinator"]
        assert len(fresh) == 2
        assert said(read(fresh, admin)) == [("same", "giữ nguyên")] * 2, (
            "each row of a role that goes on is of that part"
        )
        assert "một dòng khác" in str(
            faults([{**fresh[0], "unit": str(desk.units["commune"].slug), "moved_on": today()}], admin)
        )

    def test_an_old_sheet_gives_back_no_role_that_is_over(self, desk: Desk, admin: Person) -> None:
        row = row_of(admin, "coordinator", last=SOON)
        with at_the_machine():
            end_role(Assignment.objects.get(person__username="coordinator"), by=None, on=today())
        assert "đã kết thúc" in str(faults([row], admin))

    def test_leaving_today_closes_the_account_and_ends_its_roles(self, desk: Desk, admin: Person) -> None:
        row = row_of(admin, "coordinator", leaves_on=today())
        send([row], admin)
        person = Person.objects.get(username="coordinator")
        assert not person.is_active
        assert person.assignments.get().valid_to == today()
        assert said(read([row], admin)) == [("same", "giữ nguyên")]
        assert "đã ngừng" in faults([{**row, "leaves_on": None, "position": "Khác"}], admin)["Tên đăng nhập"]

    def test_leaving_later_ends_the_roles_on_the_day_and_says_so(self, desk: Desk, admin: Person) -> None:
        preview = read([row_of(admin, "coordinator", leaves_on=SOON)], admin)
        assert [issue.level for issue in preview.issues] == ["warning"]
        carry_out(preview, by=admin)
        person = Person.objects.get(username="coordinator")
        assert person.is_active
        assert person.assignments.get().valid_to == SOON

    def test_a_new_person_gets_roles_and_a_lent_password_told_once(self, desk: Desk, admin: Person) -> None:
        rows = [
            {"username": "Hoa.LT", "full_name": "Lý Thị Hoa", "role": LEADER, "unit": "Huyện Đông", "first": today()},
            {"username": "hoa.lt", "full_name": "Lý Thị Hoa", "role": HEAD, "unit": str(desk.units["commune"])},
        ]
        preview = read(rows, admin)
        assert [row.what for row in preview.rows] == ["new", "change"]
        done = carry_out(preview, by=admin)
        [(person, told)] = done.told
        assert person.check_password(told)
        assert person.password_ends_at is not None
        assert {role.role for role in person.assignments.all()} == {"leader", "unit_head"}
        assert {row.what for row in read(rows, admin).rows} == {"same"}

    def test_one_fault_and_nothing_at_all_is_done(self, desk: Desk, admin: Person) -> None:
        good = {"username": "moi", "full_name": "Người Mới", "role": LEADER, "unit": "Huyện Đông"}
        told = faults([good, row_of(admin, "leader", email="không phải thư")], admin)
        assert "Thư điện tử" in told
        assert not Person.objects.filter(username="moi").exists()

    @pytest.mark.parametrize(
        ("wrong", "column"),
        [
            ({"username": "có dấu"}, "Tên đăng nhập"),
            ({"role": None}, "Vai trò"),
            ({"unit": None}, "Tại đơn vị"),
            ({"unit": "Xã không có"}, "Tại đơn vị"),
            ({"role": "Vua"}, "Vai trò"),
            ({"last": date(2020, 1, 1)}, "Đến hết ngày"),
            ({"key": "khong-co"}, "Mã vai trò"),
            ({"leaves_on": today()}, "Thôi việc từ ngày"),
            ({"full_name": None}, "Họ và tên"),
            ({"first": "31/2/2030"}, "Từ ngày"),
            ({"last": "31/12/9999"}, "Đến hết ngày"),
        ],
        ids=str,
    )
    def test_what_is_wrong_with_a_new_row_is_told_at_its_cell(self, admin: Person, wrong: Row, column: str) -> None:
        row = {"username": "moi", "full_name": "Người Mới", "role": LEADER, "unit": "Huyện Đông", **wrong}
        assert column in faults([row], admin)

    def test_rows_that_contradict_each_other(self, desk: Desk, admin: Person) -> None:
        row = row_of(admin, "coordinator", position="Một")
        other = {**row, "position": "Hai", "key": None}
        told = faults([row, other], admin)
        assert "ghi khác" in told["Chức vụ"]
        new = {"username": "moi", "full_name": "A B", "role": LEADER, "unit": "Huyện Đông"}
        assert "Trùng" in faults([new, new], admin)["Vai trò"]


@pytest.mark.django_db
class TestThePast:
    """A sheet never rewrites days of a role that are over, and says at the cell from which day on it may."""

    @pytest.fixture
    def served(self, desk: Desk) -> Assignment:
        """A role that ended long ago."""
        return Assignment.objects.create(
            person=desk.people["coordinator"], role="leader", unit=desk.units["commune"],
            valid_from=date(2015, 1, 1), valid_to=date(2019, 1, 1),
        )  # fmt: skip

    def test_leaving_touches_no_role_that_is_over(self, desk: Desk, admin: Person, served: Assignment) -> None:
        told = faults([row_of(admin, "coordinator", leaves_on=date(2002, 1, 1))], admin)
        assert f"Sớm nhất là {today():%d/%m/%Y}" in told["Thôi việc từ ngày"]
        send([row_of(admin, "coordinator", leaves_on=today())], admin)
        served.refresh_from_db()
        assert (served.valid_from, served.valid_to) == (date(2015, 1, 1), date(2019, 1, 1))

    def test_sent_again_after_the_day_it_closes_the_account(self, desk: Desk, admin: Person) -> None:
        row = row_of(admin, "coordinator", leaves_on=YESTERDAY)
        Assignment.objects.filter(person__username="coordinator").update(valid_to=YESTERDAY)
        assert said(read([row], admin)) == [("change", "ngừng tài khoản")]
        send([row], admin)
        assert said(read([row], admin)) == [("same", "giữ nguyên")]

    def test_neither_does_an_end_or_a_move(self, desk: Desk, admin: Person) -> None:
        last = faults([row_of(admin, "coordinator", last=YESTERDAY - timedelta(days=1))], admin)
        assert f"Sớm nhất là {YESTERDAY:%d/%m/%Y}" in last["Đến hết ngày"]
        moved = row_of(admin, "coordinator", unit=str(desk.units["other_district"]), moved_on=YESTERDAY)
        assert f"Sớm nhất là {today():%d/%m/%Y}" in faults([moved], admin)["Đổi từ ngày"]
        send([row_of(admin, "coordinator", last=YESTERDAY)], admin)
        assert Assignment.objects.get(person__username="coordinator").valid_to == today()

    @pytest.mark.parametrize(
        ("changed", "column"),
        [
            ({"unit": "Huyện Tây"}, "Tại đơn vị"),
            ({"role": HEAD}, "Vai trò"),
            ({"last": SOON}, "Đến hết ngày"),
            ({"moved_on": SOON}, "Đổi từ ngày"),
        ],
        ids=str,
    )
    def test_what_else_a_row_of_a_leaver_says_is_not_dropped(self, admin: Person, changed: Row, column: str) -> None:
        told = faults([row_of(admin, "coordinator", leaves_on=today(), **changed)], admin)
        assert "thôi việc ở dòng 2" in told[column]

    def test_a_leaver_with_a_last_day_is_the_same_when_sent_again(self, admin: Person) -> None:
        send([row_of(admin, "coordinator", last=SOON + timedelta(days=9))], admin)
        row = row_of(admin, "coordinator", leaves_on=today())
        send([row], admin)
        assert said(read([row], admin)) == [("same", "giữ nguyên")]

    def test_a_role_held_since_later_is_not_the_same(self, desk: Desk, admin: Person) -> None:
        desk.people["coordinator"].assignments.update(valid_from=YESTERDAY)
        held = desk.people["coordinator"].assignments.get()
        row = row_of(admin, "coordinator", key=None, first=held.valid_from - timedelta(days=1))
        assert f"từ {held.valid_from:%d/%m/%Y}" in faults([row], admin)["Từ ngày"]
        for first in (None, held.valid_from, held.valid_from + timedelta(days=1)):
            assert said(read([{**row, "first": first}], admin)) == [("same", "giữ nguyên")]


@pytest.mark.django_db
class TestRights:
    def test_nobody_gives_by_a_sheet_what_the_page_refuses(self, desk: Desk, low: Person) -> None:
        new = {"username": "moi", "full_name": "Người Mới", "role": LEADER, "unit": str(desk.units["other_district"])}
        assert "không có quyền" in faults([new], low)["Tại đơn vị"]
        move = row_of(low, "coordinator", unit=str(desk.units["province"]), moved_on=SOON)
        assert "không có quyền" in faults([move], low)["Tại đơn vị"]

    def test_the_acts_refuse_even_when_the_preview_did_not(
        self, desk: Desk, low: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("kycuong.orgs.imports.people.known.Accounts.may", lambda *given: True)
        rows = [
            {"username": "duoi", "full_name": "Ở Dưới", "role": LEADER, "unit": "Huyện Đông"},
            {"username": "moi", "full_name": "Người Mới", "role": LEADER, "unit": str(desk.units["other_district"])},
        ]
        with pytest.raises(NotAllowed):
            carry_out(read(rows, low), by=low)
        assert not Person.objects.filter(username__in=["duoi", "moi"]).exists()

    def test_an_account_beyond_is_neither_changed_nor_told_of(self, desk: Desk, low: Person) -> None:
        row = {"username": "leader", "full_name": "Tên khác", "role": HEAD, "unit": str(desk.units["commune"])}
        told = faults([row], low)
        assert "ngoài phạm vi" in told["Tên đăng nhập"]
        assert desk.people["leader"].full_name not in str(told)

    def test_nobody_gives_himself_a_role_or_leaves_by_himself(self, admin: Person) -> None:
        row = row_of(admin, "system_admin")
        assert "tự cấp" in faults([row, {**row, "role": LEADER, "key": None}], admin)["Vai trò"]
        assert "tự cho mình" in faults([{**row, "leaves_on": today()}], admin)["Thôi việc từ ngày"]


@pytest.mark.django_db
class TestStale:
    def test_a_preview_of_what_has_changed_since_is_refused(self, desk: Desk, admin: Person) -> None:
        preview = read([row_of(admin, "coordinator", position="Mới")], admin)
        end_role(desk.people["coordinator"].assignments.get(), by=admin, on=SOON)
        with pytest.raises(Stale):
            carry_out(preview, by=admin)

    def test_what_changes_while_it_is_read_is_refused_too(
        self, desk: Desk, admin: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The digest is of the rows that are shown, not of what is there a moment later."""

        def meanwhile(by: Person) -> Any:
            change_account(Person.objects.get(username="coordinator"), by=admin, full_name="Khác", position="Khác")
            return people_visible_to(by)

        row = row_of(admin, "coordinator", position="Mới")
        monkeypatch.setattr("kycuong.orgs.imports.people.known.people_visible_to", meanwhile)
        with pytest.raises(Stale):
            send([row], admin)

    def test_the_page_refuses_what_it_did_not_show(self, desk: Desk, admin: Person, as_person: AsPerson) -> None:
        client = as_person(admin)
        page = upload(client, [row_of(admin, "coordinator", position="Mới")])
        state = re.search(r'name="state" value="([0-9a-f]{64})"', client.get(page).content.decode())
        assert state
        change_account(desk.people["coordinator"], by=admin, full_name="Người khác sửa", position="Khác")
        answer = client.post(page, {"state": state[1]})
        assert answer.status_code == 422
        assert "bản xem trước mới" in answer.content.decode()
        assert Person.objects.get(username="coordinator").position == "Khác"
        assert client.post(page).status_code == 422
