"""A long list is made into a file while its owner does something else: under their rights, and only they fetch it."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from kycuong.audit.models import AuditEntry
from kycuong.core.clock import now, today
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken
from kycuong.exports import store
from kycuong.exports.actions import ask_for_file, fetch, remove_file, retry, set_rule
from kycuong.exports.models import ExportRule, ListExport
from kycuong.exports.queries import rights_in, rights_of
from kycuong.exports.rules import DEAD, MOST_WAITING, State
from kycuong.exports.tasks import look_after_files, make_next, making, remove_expired, sweep_remains
from kycuong.inspections.actions import Seat
from kycuong.inspections.models import ShortListEntry
from kycuong.inspections.rules import TeamRole
from kycuong.notices.models import Notice, TickRun
from kycuong.orgs.actions import end_role
from kycuong.orgs.models import Assignment
from tests.desk import Desk
from tests.exports.test_lists import body

SignIn = Callable[[Any], Client]


def asked_for(desk: Desk, who: str = "aggregator", name: str = "inspections", form: str = "csv") -> ListExport:
    return ask_for_file(name, by=desk.people[who], form=form, asked={})


def made(desk: Desk, **given: str) -> ListExport:
    export = asked_for(desk, **given)
    assert make_next()
    export.refresh_from_db()
    return export


def test_a_long_list_is_asked_for_made_told_and_fetched(desk: Desk, as_person: SignIn) -> None:
    owner = desk.people["aggregator"]
    set_rule(by=owner, valid_from=today(), at_once=1, days_kept=3)
    desk.open()
    client = as_person(owner)
    at_once = body(client.get("/lists/inspections.csv"))
    desk.open()
    led = client.get("/lists/inspections.csv", {"year": today().year})
    assert led.url.startswith("/exports/new/?")
    page = client.get(led.url)
    assert "2 dòng" in page.content.decode()
    asked = client.post("/exports/new/", {"list": "inspections", "query": f"year={today().year}", "file": "csv"})
    export = ListExport.objects.get()
    assert (asked.url, export.query, export.total) == (f"/exports/{export.uid}/", f"year={today().year}", 2)
    assert "0 trong 2 dòng" in client.get(asked.url).content.decode()
    assert client.get(f"{asked.url}file").status_code == 422
    assert look_after_files(today()) == "", "the server's thread comes first"
    assert make_next()
    assert not make_next()
    export.refresh_from_db()
    assert (export.state, export.done, export.kept_until) == (State.READY, 2, today() + timedelta(days=3))
    notice = Notice.objects.get(person=owner, url=asked.url)
    assert (notice.subject, notice.text[:7]) == ("Tệp đã sẵn sàng: Các cuộc kiểm tra", "2 dòng.")
    whole = body(client.get(f"{asked.url}file"))
    assert (at_once.splitlines()[0], whole.decode().splitlines()[-1]) == (whole.splitlines()[0], "Số dòng: 2")
    verbs = AuditEntry.objects.filter(model="exports.ListExport").values_list("meta", flat=True)
    assert [verb in bytes(meta).decode() for verb, meta in zip(("ask", "fetch"), verbs, strict=True)] == [True, True]


def test_nobody_else_finds_a_file(desk: Desk, as_person: SignIn) -> None:
    export = made(desk)
    for who in ("leader", "auditor", "system_admin"):
        for address in ("", "file"):
            assert as_person(desk.people[who]).get(f"/exports/{export.uid}/{address}").status_code == 404


def test_a_file_holds_what_its_owner_may_see(desk: Desk) -> None:
    desk.open(sealed=True)
    seen = made(desk, who="aggregator").total, made(desk, who="team_head").total
    assert seen == (0, 1)


def test_whoever_lost_a_role_does_not_get_the_file(desk: Desk) -> None:
    owner, export = desk.people["team_head"], made(desk, who="team_head")
    assert fetch(export, by=owner).exists()
    end_role(Assignment.objects.get(person=owner), by=desk.people["system_admin"], on=today())
    with pytest.raises(NotAllowed, match="quyền xem của bạn đã thay đổi"):
        fetch(export, by=owner)


def test_a_place_on_a_short_list_is_a_right_of_its_own(desk: Desk) -> None:
    """Who knows of a sealed inspection without a seat in it gets no file that was made while they knew, once they do not."""
    opener = desk.people["team_head"]
    before = rights_in(rights_of(opener))
    found = desk.open(sealed=True, title="Kín", team=[Seat(desk.people["team_member"], role=TeamRole.HEAD)])
    assert not found.team.filter(person=opener).exists()
    assert len(rights_in(rights_of(opener)) - before) == 1
    export = made(desk, who="team_head")
    assert fetch(export, by=opener).exists()
    ListExport.objects.filter(pk=export.pk).update(rights=rights_of(opener))
    with transaction.atomic():
        ShortListEntry.objects.filter(inspection=found, person=opener).delete()
        assert rights_in(rights_of(opener)) == before
        with pytest.raises(NotAllowed):
            fetch(export, by=opener)
        transaction.set_rollback(True)
    assert fetch(export, by=opener).exists()


@pytest.mark.parametrize("name", ["mine", "calendar"])
def test_the_api_makes_no_file_beforehand_of_what_is_given_at_once(desk: Desk, as_person: SignIn, name: str) -> None:
    client = as_person(desk.people["aggregator"])
    asked = client.post("/api/v1/exports", {"list": name, "format": "csv"}, content_type="application/json")
    assert (asked.status_code, ListExport.objects.count()) == (422, 0)
    assert "at once only" in asked.content.decode()
    assert client.get(f"/api/v1/lists/{name}", {"format": "csv"}).status_code == 200


def test_a_row_that_may_no_longer_be_seen_keeps_the_file_back(desk: Desk) -> None:
    TickRun.objects.create(said="một")
    run = TickRun.objects.create(said="hai")
    export = made(desk, name="ticks", form="xlsx")
    assert fetch(export, by=desk.people["aggregator"]).read_bytes()[:2] == b"PK"
    run.delete()
    with pytest.raises(NotAllowed):
        fetch(export, by=desk.people["aggregator"])


def test_a_failure_says_why_and_can_be_tried_again(
    desk: Desk, as_person: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: Any) -> None:
        raise OSError(28, "No space left on device")

    owner = desk.people["aggregator"]
    with monkeypatch.context() as broken:
        broken.setattr(making.os, "replace", full)
        export = made(desk)
    assert export.state == State.FAILED
    assert export.fault_vi.startswith("Máy chủ hết chỗ lưu trữ")
    assert Notice.objects.get(person=owner).subject == "Tệp chưa làm được: Các cuộc kiểm tra"
    assert export.fault_vi in as_person(owner).get(export.get_absolute_url()).content.decode()
    as_person(owner).post(f"{export.get_absolute_url()}retry/")
    assert make_next()
    export.refresh_from_db()
    assert (export.state, export.fault_vi) == (State.READY, "")
    with pytest.raises(RuleBroken):
        retry(export, by=owner)


def test_rights_that_went_before_it_was_made_are_said(desk: Desk) -> None:
    owner = desk.people["system_admin"]
    export = asked_for(desk, who="system_admin", name="people")
    end_role(Assignment.objects.get(person=owner), by=desk.people["system_admin"], on=today())
    assert make_next()
    export.refresh_from_db()
    assert (export.state, export.fault_vi[:38]) == (State.FAILED, "Tài khoản của bạn không quản lý tài kh")


def test_a_run_that_died_is_taken_over_by_one_other(desk: Desk) -> None:
    export = asked_for(desk)
    ListExport.objects.filter(pk=export.pk).update(state=State.RUNNING, holder="x", seen_at=now(), tries=1)
    assert not make_next()
    ListExport.objects.filter(pk=export.pk).update(seen_at=now() - 2 * DEAD)
    assert make_next()
    export.refresh_from_db()
    assert (export.state, export.tries) == (State.READY, 2)


def test_a_file_let_go_while_it_is_made_is_given_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, export = desk.people["aggregator"], asked_for(desk)
    opened = making.open_list

    def let_go(*given: Any) -> Any:
        remove_file(ListExport.objects.get(), by=owner)
        return opened(*given)

    monkeypatch.setattr(making, "open_list", let_go)
    assert make_next()
    export.refresh_from_db()
    assert export.state == State.GONE
    assert list(store.folder().glob(f"{export.uid}*")) == []


def test_files_are_kept_for_their_days(desk: Desk, as_person: SignIn) -> None:
    export = made(desk)
    assert export.kept_until
    assert remove_expired(export.kept_until) == 0
    assert look_after_files(export.kept_until + timedelta(days=1)) == "Đã bỏ 1 tệp hết hạn."
    assert list(store.folder().glob(f"{export.uid}*")) == []
    assert as_person(export.person).get(f"{export.get_absolute_url()}file").status_code == 404


def test_one_person_cannot_keep_the_server_busy(desk: Desk) -> None:
    for _each in range(MOST_WAITING):
        asked_for(desk)
    with pytest.raises(RuleBroken, match="chờ làm"):
        asked_for(desk)


def test_what_holds_is_set_by_who_may_and_not_for_the_past(desk: Desk) -> None:
    assert ExportRule.on(today()).at_once == 5000
    with pytest.raises(NotAllowed):
        set_rule(by=desk.people["leader"], valid_from=today(), at_once=9, days_kept=2)
    with pytest.raises(BadInput):
        set_rule(by=desk.people["aggregator"], valid_from=today() - timedelta(days=1), at_once=9, days_kept=2)
    set_rule(by=desk.people["system_admin"], valid_from=today(), at_once=9, days_kept=2)
    assert ExportRule.on(today() - timedelta(days=1)).days_kept == 7
    assert (ExportRule.on(today()).at_once, ExportRule.on(today()).days_kept) == (9, 2)


def test_a_run_that_was_taken_over_leaves_the_file_of_the_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.open()
    export, write = asked_for(desk, form="xlsx"), making.write_list

    def slow(*given: Any, **named: Any) -> int:
        written = write(*given, **named)
        monkeypatch.setattr(making, "write_list", write)
        ListExport.objects.filter(pk=export.pk).update(seen_at=now() - 2 * DEAD)
        assert make_next(), "another run takes over and is done first"
        return written

    monkeypatch.setattr(making, "write_list", slow)
    assert make_next()
    export.refresh_from_db()
    assert (export.state, fetch(export, by=export.person).exists()) == (State.READY, True)
    assert list(store.folder().glob(f"{export.uid}*.part")) == []


def test_a_file_that_is_lost_is_said_to_be_and_made_again(desk: Desk, as_person: SignIn) -> None:
    export = made(desk)
    store.place(export.uid, export.form).unlink()
    client = as_person(export.person)
    assert "không còn trên máy chủ" in client.get(export.get_absolute_url()).content.decode()
    client.post(f"{export.get_absolute_url()}retry/")
    assert make_next()
    export.refresh_from_db()
    assert fetch(export, by=export.person).exists()


def test_a_row_that_went_while_a_csv_was_written_is_not_counted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    TickRun.objects.create(said="một")
    gone, pieces = TickRun.objects.create(said="hai"), making.csv_pieces
    export = asked_for(desk, name="ticks")

    def vanishing(*given: Any) -> Any:
        TickRun.objects.filter(pk=gone.pk).delete()
        return pieces(*given)

    monkeypatch.setattr(making, "csv_pieces", vanishing)
    assert make_next()
    export.refresh_from_db()
    assert (export.state, export.total) == (State.READY, 1)
    assert fetch(export, by=export.person).read_text().endswith("Số dòng: 1\n")


def test_what_a_killed_run_left_is_swept_and_nothing_else(desk: Desk, as_person: SignIn) -> None:
    ready, over, running = made(desk), made(desk), asked_for(desk, form="xlsx")
    ListExport.objects.filter(pk=running.pk).update(state=State.RUNNING, holder="lives", seen_at=now(), tries=2)
    ListExport.objects.filter(pk=over.pk).update(state=State.GONE)
    store.part(running.uid, "killed").write_text("nửa tệp")
    (store.workplace(running.uid, "killed") / "sheet").write_text("nửa trang")
    mine = [store.part(running.uid, "lives"), store.workplace(running.uid, "lives")]
    mine[0].write_text("đang ghi")
    assert sweep_remains() == 0, "what was just written may still be somebody's"
    for path in store.folder().iterdir():
        for each in (path, *(path.iterdir() if path.is_dir() else ())):
            os.utime(each, (0, (now() - 2 * DEAD).timestamp()))
    there = set(store.folder().glob(f"{ready.uid}.*"))
    assert "tệp dở dang" in look_after_files(today())
    assert {path for path in store.folder().iterdir() if path.stat().st_mtime < (now() - DEAD).timestamp()} >= {
        *there,
        *mine,
    }
    assert list(store.folder().glob("*killed*")) + list(store.folder().glob(f"{over.uid}*")) == []
    assert "làm lại từ dòng đầu (lần 2)" in as_person(running.person).get(running.get_absolute_url()).content.decode()


def test_a_workbook_leaves_nothing_beside_it(desk: Desk) -> None:
    desk.open()
    export = made(desk, form="xlsx")
    assert {path.suffix for path in store.folder().glob(f"{export.uid}*")} == {".xlsx", ".keys"}
