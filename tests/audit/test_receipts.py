"""Receipts: whoever signed, answered or reported can prove it later, here and with the stand-alone verifier."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from kycuong.audit.log import erase_before, record
from kycuong.audit.models import AuditEntry
from kycuong.audit.notes import BadNote
from kycuong.audit.queries import log_keys
from kycuong.audit.receipts import examined, first_checkpoint, receipt_of
from kycuong.audit.signer import take_checkpoint
from kycuong.audit.walls import lower_walls
from kycuong.inspections import actions
from kycuong.inspections.models import Conclusion, FindingReply, Visit
from kycuong.orgs.models import Person, Unit
from tests.desk import Desk
from tests.sides import conclusions, reporting

from .given import Given, outcomes, verdict
from .ledger import rewrite, undone, verifier

As = Callable[[Any], Client]


def test_a_unit_proves_its_reply(
    given: Given, desk: Desk, as_person: As, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client = as_person(desk.people["unit_head"])
    address = f"/receipts/reply/{given.reply.uid}"
    page = client.get(f"{address}/").content.decode()
    assert "Tải biên nhận" in page
    assert client.get(f"{address}.txt").content.decode() == given.text
    told = client.get(f"{address}.json").json()
    api = client.get(f"/api/v1/receipts/reply/{given.reply.uid}").json()
    assert api.pop("title").startswith("Ý kiến về tồn tại")
    assert {**api, "recorded_at": told["recorded_at"]} == told
    assert (told["text"], told["scanned"]) == (given.text, given.scanned)
    assert client.get(f"{address}.svg")["Content-Type"] == "image/svg+xml"
    assert outcomes(given, client) == {"same"}
    file = SimpleUploadedFile("bien-nhan.txt", given.text.encode())
    assert "Khớp: " in client.post("/receipts/", {"text": "", "file": file}).content.decode()
    assert verdict(given, tmp_path, capsys).startswith("sound")
    alone = [str(tmp_path / "file.txt"), "--key", log_keys()[0].vkey]
    assert verifier().main(alone) == 0, "without the server and without its log"
    capsys.readouterr()


def test_until_a_checkpoint_the_page_says_from_when(reply: FindingReply, desk: Desk, as_person: As) -> None:
    client = as_person(desk.people["unit_head"])
    page = client.get(f"/receipts/reply/{reply.uid}/").content.decode()
    assert "từ mốc tới" in page
    assert "Tải biên nhận" not in page
    assert client.get(f"/receipts/reply/{reply.uid}.txt").status_code == 422
    assert client.get(f"/api/v1/receipts/reply/{reply.uid}").json()["text"] == ""


def test_only_who_may_see_the_thing_gets_its_receipt(given: Given, desk: Desk, as_person: As) -> None:
    for name in ("outsider", "nobody", "system_admin"):
        assert as_person(desk.people[name]).get(f"/receipts/reply/{given.reply.uid}/").status_code == 404
    client = as_person(desk.people["unit_head"])
    for wrong in (f"/receipts/minutes/{given.reply.uid}/", f"/receipts/khac/{given.reply.uid}/"):
        assert client.get(wrong).status_code == 404
    assert client.get(f"/receipts/reply/{given.reply.uid}.exe").status_code == 404


def test_a_unit_keeps_its_receipts_while_the_conclusion_goes_back_and_once_it_is_issued(
    desk: Desk, as_person: As
) -> None:
    made = conclusions(desk, "team_head", "department", "commune", ["shared", "concluded"])
    asked = Conclusion.objects.get(uid=made["shared"])
    unit, address = as_person(desk.people["unit_head"]), f"/receipts/answer/{asked.uid}/"
    if asked.replied_at is None:
        assert unit.get(address).status_code == 404, "nothing was said yet"
        actions.reply_to_conclusion(asked, by=desk.people["unit_head"], reply="Nhất trí với dự thảo.")
    said = Conclusion.objects.get(uid=asked.uid)
    assert take_checkpoint()
    assert unit.get(address).status_code == 200
    actions.return_conclusion(said, by=desk.people["leader"], reason="Còn thiếu căn cứ, viết lại")
    assert unit.get(said.get_absolute_url()).status_code == 404, "the draft is not the unit's to read"
    page = unit.get(address)
    assert page.status_code == 200
    assert f'href="{said.visit.get_absolute_url()}"' in page.content.decode()
    assert f'href="{address}"' in unit.get(said.visit.get_absolute_url()).content.decode(), "where the unit looks"
    assert address not in as_person(desk.people["team_head"]).get(said.visit.get_absolute_url()).content.decode()
    assert as_person(desk.people["nobody"]).get(address).status_code == 404
    issued = Conclusion.objects.get(uid=made["concluded"])
    Conclusion.objects.filter(pk=issued.pk).update(
        reply="Nhất trí.", replied_at=issued.approved_at, replied_by=desk.people["unit_head"]
    )
    page = unit.get(issued.get_absolute_url()).content.decode()
    assert f"/receipts/conclusion/{issued.uid}/" in page
    assert f"/receipts/answer/{issued.uid}/" in page


def test_whoever_answered_a_finding_keeps_the_receipt_while_the_conclusion_goes_back(
    given: Given, desk: Desk, as_person: As
) -> None:
    conclusion = Conclusion.objects.get(visit=given.reply.finding.visit)
    actions.return_conclusion(conclusion, by=desk.people["leader"], reason="Còn thiếu căn cứ, viết lại")
    address = f"/receipts/reply/{given.reply.uid}"
    client = as_person(desk.people["unit_head"])
    assert client.get(f"{address}/").status_code == 200
    assert client.get(f"{address}.txt").content.decode() == given.text
    assert as_person(desk.people["outsider"]).get(f"{address}/").status_code == 404


def test_erased_and_deleted_things_keep_their_receipt(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    person, unit = desk.people["nobody"], Unit.objects.create(slug="tam")
    record("person.add", person, by=None)
    record("unit.add", unit, by=None)
    assert take_checkpoint()
    erased, deleted = receipt_of(person, "person.add"), receipt_of(unit, "unit.add")
    assert erased
    assert deleted
    Person.objects.filter(pk=person.pk).update(full_name="Đã xóa")
    erase_before(record("person.erase", person, by=None, op="erase"))
    record("unit.remove", unit, by=None, op="delete")
    unit.delete()
    assert (examined(erased.text).outcome, examined(erased.text).erased) == ("same", True)
    assert (examined(deleted.text).outcome, examined(deleted.text).deleted) == ("same", True)
    assert verdict(Given(None, erased.text, deleted.scanned), tmp_path, capsys).startswith("sound")  # type: ignore[arg-type]


def test_after_a_restoration_earlier_receipts_hold_and_later_ones_are_lost(given: Given, desk: Desk) -> None:
    """A backup of this moment, work that goes on, and the backup brought back: by the rows themselves."""
    size = AuditEntry.objects.count()
    unit = Unit.objects.create(slug="sau")
    record("unit.add", unit, by=None)
    assert take_checkpoint()
    later = receipt_of(unit, "unit.add")
    assert later
    unit.delete()
    rewrite(lambda log: log[:size])
    with connection.cursor() as cursor:
        lower_walls(connection)
        cursor.execute("DELETE FROM audit_logcheckpoint WHERE size > %s", [size])
    assert examined(given.text).outcome == "same"
    assert examined(later.text).outcome == "lost"


def test_there_is_a_receipt_of_everything_that_is_signed_answered_or_reported(desk: Desk, as_person: As) -> None:
    """Each kind of the registry, made by its own act, from the page's link to the proof."""
    client = as_person(desk.people["aggregator"])
    made = conclusions(desk, "team_head", "department", "commune", ["shared", "concluded"])
    told = reporting(desk, "aggregator", "district", "commune", desk.people["unit_head"])
    visit = Visit.objects.get(conclusion__uid=made["concluded"])
    actions.add_addendum(
        visit, by=desk.people["team_head"], reason="Biên bản ghi thiếu một dòng", text="Thêm một dòng.", team_signatory="Trưởng đoàn",
        unit_signatory="Chủ tịch",
    )  # fmt: skip
    assert take_checkpoint()
    from_uid = {
        "minutes": str(visit.uid), "addendum": str(visit.minutes.addenda.get().uid), "conclusion": made["concluded"],
        "answer": made["shared"], "report": told["signed_report"], "submission": told["submission"],
    }  # fmt: skip
    assert from_uid.keys() | {"reply", "remedy"} == configured.RECEIPTS.keys()
    for kind, uid in from_uid.items():
        assert "Tải biên nhận" in client.get(f"/receipts/{kind}/{uid}/").content.decode(), kind
        assert examined(client.get(f"/receipts/{kind}/{uid}.txt").content.decode()).outcome == "same", kind
    for page, kind in (
        (f"/visits/{visit.uid}/minutes/", "minutes"),
        (f"/conclusions/{made['concluded']}/", "conclusion"),
    ):
        assert f"/receipts/{kind}/" in client.get(page).content.decode()


def test_what_is_no_receipt_is_refused_in_words(given: Given, desk: Desk, as_person: As) -> None:
    client = as_person(desk.people["unit_head"])
    number = examined(given.text).number
    leaf = given.scanned.split("\n")[1]
    for text in (
        "", "chữ", given.text[:-9], given.text.replace(f"index {number}", f"index {number - 1}"), "x" * 8001,
        given.text.replace("extra ", "extra x"), given.text.replace(f"index {number}", "index 0x7"),
        given.scanned.replace(leaf, "leaf AAAA"), given.scanned.replace(f"index {number}", "index 999999999"),
        given.text.partition("\n\n")[2],
    ):  # fmt: skip
        assert text not in (given.text, given.scanned)
        answer = client.post("/receipts/", {"text": text})
        assert answer.status_code == 422, text
        api = client.post("/api/v1/receipts/check", json.dumps({"text": text}), content_type="application/json")
        assert api.status_code == 422, text
    assert client.post("/receipts/", {}).status_code == 422
    with pytest.raises(BadNote):
        examined(
            given.text.replace("\nextra", "\nextra", 1).replace("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2")
        )


def test_later_checkpoints_do_not_take_the_place_of_the_first_after_an_act(given: Given) -> None:
    first = first_checkpoint(given.reply, "finding.reply")
    record("unit.add", Unit.objects.create(slug="u-8"), by=None)
    assert take_checkpoint()
    assert first_checkpoint(given.reply, "finding.reply") == first
    assert first
    assert first.note in given.text


def test_minutes_brought_in_from_paper_have_a_receipt_of_that(desk: Desk, as_person: As) -> None:
    """They left another act in the log than those that are signed here, and their page offers a receipt, too."""
    with undone():
        visit = desk.signed()
        record("visit.import", visit.minutes, by=None)
        made = AuditEntry.objects.latest("seq").seq
        take_checkpoint()
        page = as_person(desk.people["aggregator"]).get(f"/receipts/minutes/{visit.uid}.json")
        assert (page.json()["entry"], page.json()["verb"]) == (made, "visit.import")
