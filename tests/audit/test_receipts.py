"""Receipts: whoever signed, answered or reported can prove it later, here and with the stand-alone verifier; what was tampered with is told."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from kycuong.audit import proofs, queries
from kycuong.audit.log import erase_before, record, record_many
from kycuong.audit.models import AuditBody, AuditEntry, LogBlock, LogCheckpoint
from kycuong.audit.notes import BadNote
from kycuong.audit.queries import log_keys
from kycuong.audit.receipts import examined, first_checkpoint, receipt_of
from kycuong.audit.signer import take_checkpoint
from kycuong.audit.walls import lower_walls
from kycuong.core.problems import RuleBroken
from kycuong.inspections import actions
from kycuong.inspections.models import Conclusion, FindingReply, Visit
from kycuong.orgs.models import Person, Unit
from tests.desk import Desk
from tests.sides import conclusions, objected, reporting

from .ledger import rewrite, undone, verifier, written

As = Callable[[Any], Client]


class Given(NamedTuple):
    """A reply of a unit with its receipt."""

    reply: FindingReply
    text: str
    scanned: str


@pytest.fixture
def reply(desk: Desk) -> FindingReply:
    uids = objected(desk, "team_head", "department", "commune", desk.people["unit_head"])
    return FindingReply.objects.get(finding__uid=uids["objected"])


@pytest.fixture
def given(reply: FindingReply) -> Given:
    assert take_checkpoint(due=True), "an answer does not wait for the hour"
    found = receipt_of(reply, "finding.reply")
    assert found
    return Given(reply, found.text, found.scanned)


def outcomes(given: Given, client: Client) -> set[str]:
    """What page and API say, of the file and of what was scanned."""
    said = set()
    for text in (given.text, given.scanned):
        answer = client.post("/api/v1/receipts/check", {"text": text}, content_type="application/json").json()
        page = client.post("/receipts/", {"text": text.replace("\n", "\r\n")}).content.decode()
        assert ("Khớp: " in page) == (answer["outcome"] == "same")
        assert ("Không khớp" in page) == (answer["outcome"] != "same")
        said.add(answer["outcome"])
    return said


def verdict(given: Given, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What the stand-alone program says of both beside an exported log."""
    paths = []
    for name, text in (("file.txt", given.text), ("scanned.txt", given.scanned)):
        (folder / name).write_text(text, encoding="utf-8")
        paths.append(str(folder / name))
    status = verifier().main([str(written(folder / "out")), *paths])
    said = capsys.readouterr().out.strip()
    assert status == (0 if said.startswith("sound") else 1)
    return said


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


@pytest.mark.parametrize(
    ("statement", "outcome", "told"),
    [
        ("DELETE FROM inspections_findingreply WHERE id = %s", "gone", "in the log, not in its table"),
        ("UPDATE inspections_findingreply SET text = 'Nhất trí' WHERE id = %s", "changed", "not as its last entry"),
    ],
)
def test_a_reply_that_vanishes_or_changes_beside_the_log_is_told(
    statement: str, outcome: str, told: str, given: Given, desk: Desk, as_person: As, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement, [given.reply.pk])
    assert outcomes(given, as_person(desk.people["unit_head"])) == {outcome}
    assert told in verdict(given, tmp_path, capsys)


def test_a_rewritten_or_cut_log_is_told(
    given: Given, desk: Desk, as_person: As, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The reply taken out of the log, too, and all made sound again; then everything after it cut."""
    client, number = as_person(desk.people["unit_head"]), examined(given.text).number
    with undone():
        rewrite(lambda log: [entry for entry in log if entry["verb"] != "finding.reply"])
        assert outcomes(given, client) == {"lost"}
        said = verdict(given, tmp_path, capsys)
        assert f"rewritten: leaf {number}" in said or "cut" in said
        rewrite(lambda log: log + log[:5])
        assert outcomes(given, client) == {"other"}
        assert client.get(f"/receipts/reply/{given.reply.uid}/").status_code == 404, "the log knows no such reply"


def test_an_exchanged_body_is_told(given: Given, desk: Desk, as_person: As) -> None:
    client, body = as_person(desk.people["unit_head"]), AuditBody.objects.filter(pk=examined(given.text).number)
    with undone():
        lower_walls(connection)
        body.update(salt=None, body=None)
        assert outcomes(given, client) == {"unbound"}
        body.update(salt=bytes(32), body=b"{}")
        assert outcomes(given, client) == {"unbound"}


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


def test_roots_of_blocks_shorten_the_way_and_are_not_believed(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "BLOCK", 4)
    units = Unit.objects.bulk_create([Unit(slug=f"u-{number}") for number in range(23)])
    record_many("unit.add", units, by=None)
    assert take_checkpoint()
    assert LogBlock.objects.count() == 5
    read: list[tuple[int, int]] = []
    honest = proofs.from_entries

    def counted(first: int, last: int) -> bytes:
        read.append((first, last))
        return honest(first, last)

    monkeypatch.setattr(proofs, "from_entries", counted)
    first = receipt_of(units[9], "unit.add")
    assert first
    assert sum(last - start for start, last in read) <= 8
    read.clear()
    assert examined(first.text).number == 9
    assert sum(last - start for start, last in read) <= 8, "whoever checks makes nobody read the whole log"
    LogBlock.objects.update(root=bytes(32).hex())
    again = receipt_of(units[9], "unit.add")
    assert again
    assert again.text == first.text, "made from the entries instead"


def grown(units: list[Unit]) -> LogCheckpoint:
    record_many("unit.add", Unit.objects.bulk_create(units), by=None)
    made = take_checkpoint()
    assert made
    return made


def test_damaged_roots_of_blocks_hinder_no_checkpoint_and_are_mended(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "BLOCK", 4)
    grown([Unit(slug=f"u-{number}") for number in range(23)])
    right = dict(LogBlock.objects.values_list("number", "root"))
    LogBlock.objects.filter(number=2).delete()
    LogBlock.objects.filter(number=1).update(root="zz")
    LogBlock.objects.create(number=40, root="zz")
    assert grown([Unit(slug="v-1")]).size == 24
    mended = dict(LogBlock.objects.filter(number__lt=6).values_list("number", "root"))
    assert mended == {**right, 5: proofs.from_entries(20, 24).hex()}
    with undone():
        lower_walls(connection)
        AuditBody.objects.filter(pk=1).delete()
        AuditEntry.objects.filter(pk=1).delete()
        LogBlock.objects.filter(number=0).delete()
        record("unit.add", Unit.objects.create(slug="v-2"), by=None)
        with pytest.raises(RuleBroken):
            take_checkpoint()


def test_a_long_log_is_compared_by_blocks_and_without_the_kept_row(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "BLOCK", 4)
    monkeypatch.setattr(queries, "COMPARED_HERE", 10)
    made = grown([Unit(slug=f"u-{number}") for number in range(23)])
    lower_walls(connection)
    LogCheckpoint.objects.all().delete()
    assert queries.compared(made.note).outcome == "same"
    LogBlock.objects.update(root=bytes(32).hex())
    assert queries.compared(made.note).outcome == "same", "by the entries"
    rewrite(lambda log: [{**log[0], "ts": "2019-01-01T00:00:00.000Z"}, *log[1:]])
    assert queries.compared(made.note).outcome == "other"


def test_blocks_are_kept_some_at_a_time_and_outside_the_lock(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "BLOCK", 4)
    monkeypatch.setattr(proofs, "AT_ONCE", 2)
    depth, seen, honest = len(connection.savepoint_ids), list[int](), proofs.from_entries

    def watched(first: int, last: int) -> bytes:
        seen.append(len(connection.savepoint_ids))
        return honest(first, last)

    monkeypatch.setattr(proofs, "from_entries", watched)
    grown([Unit(slug=f"u-{number}") for number in range(23)])
    assert LogBlock.objects.count() == 2
    assert take_checkpoint() is None, "nothing new to sign"
    assert LogBlock.objects.count() == 4, "and still it goes on"
    assert set(seen) == {depth}


def test_later_checkpoints_do_not_take_the_place_of_the_first_after_an_act(given: Given) -> None:
    first = first_checkpoint(given.reply, "finding.reply")
    record("unit.add", Unit.objects.create(slug="u-8"), by=None)
    assert take_checkpoint()
    assert first_checkpoint(given.reply, "finding.reply") == first
    assert first
    assert first.note in given.text


def test_a_log_that_no_longer_leads_to_its_checkpoint_gives_no_receipt(given: Given, desk: Desk, as_person: As) -> None:
    """The reply is still there, but what stands before it was rewritten."""
    rewrite(lambda log: [{**log[0], "ts": "2019-01-01T00:00:00.000Z"}, *log[1:]])
    answer = as_person(desk.people["unit_head"]).get(f"/receipts/reply/{given.reply.uid}/")
    assert answer.status_code == 422
    assert "không lập được biên nhận" in answer.content.decode()


def test_a_made_up_code_is_told_apart_from_a_rewritten_log(
    given: Given, desk: Desk, as_person: As, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its checkpoint is genuine and agrees: then the code is false, not the log."""
    client, number = as_person(desk.people["unit_head"]), examined(given.text).number
    leaf = given.scanned.split("\n")[1]
    false = given.scanned.replace(leaf, f"leaf {b64encode(bytes(32)).decode()}")
    assert client.post("/receipts/", {"text": false}).status_code == 422
    said = verdict(given._replace(scanned=false), tmp_path, capsys)
    assert said == f"false: {tmp_path / 'scanned.txt'}: this log never gave it, entry {number} is another"
    with undone():
        rewrite(lambda log: [{**log[0], "ts": "2019-01-01T00:00:00.000Z"}, *log[1:]])
        assert outcomes(given._replace(text=false), client) == {"other"}
        said = verdict(given, tmp_path, capsys)
        assert f"rewritten: leaf {number} " not in said, "the entry itself is as it was"
        rewrite(lambda log: [*log[:number], {**log[number], "ts": "2019-01-01T00:00:00.000Z"}, *log[number + 1 :]])
        assert f"rewritten: leaf {number} " in verdict(given, tmp_path, capsys)


@pytest.mark.parametrize("column", ["model", "key"])
def test_the_columns_of_an_entry_are_believed_as_far_as_its_text_says_them(
    column: str, given: Given, desk: Desk, as_person: As
) -> None:
    """Pointed at another row, the entry would be compared with that one."""
    client, number = as_person(desk.people["unit_head"]), examined(given.text).number
    with undone():
        lower_walls(connection)
        AuditEntry.objects.filter(seq=number).update(**{column: "orgs.Nothing"})
        assert outcomes(given, client) == {"other"}
        assert client.get(f"/receipts/reply/{given.reply.uid}/").status_code == 404


def test_an_erasure_of_another_row_excuses_nothing(given: Given, desk: Desk, as_person: As) -> None:
    person, number = desk.people["nobody"], examined(given.text).number
    record("person.erase", person, by=None, op="erase")
    entry = AuditEntry.objects.get(seq=number)
    with undone():
        lower_walls(connection)
        AuditEntry.objects.filter(model="orgs.Person", seq__gt=number).update(model=entry.model, key=entry.key)
        AuditBody.objects.filter(pk=number).update(salt=None, body=None)
        assert outcomes(given, as_person(desk.people["unit_head"])) == {"unbound"}


def test_a_kept_checkpoint_is_believed_as_far_as_it_is_signed(given: Given, desk: Desk, as_person: As) -> None:
    client = as_person(desk.people["unit_head"])
    assert first_checkpoint(given.reply, "finding.reply")
    for change in ({"note": "chữ"}, {"root": bytes(32).hex()}):
        with undone():
            lower_walls(connection)
            LogCheckpoint.objects.update(**change)
            assert first_checkpoint(given.reply, "finding.reply") is None, "no mark on a paper"
            answer = client.get(f"/receipts/reply/{given.reply.uid}.txt")
            assert answer.status_code == 422
            assert "không lập được biên nhận" in answer.content.decode()


def test_minutes_brought_in_from_paper_have_a_receipt_of_that(desk: Desk, as_person: As) -> None:
    """They left another act in the log than those that are signed here, and their page offers a receipt, too."""
    with undone():
        visit = desk.signed()
        record("visit.import", visit.minutes, by=None)
        made = AuditEntry.objects.latest("seq").seq
        take_checkpoint()
        page = as_person(desk.people["aggregator"]).get(f"/receipts/minutes/{visit.uid}.json")
        assert (page.json()["entry"], page.json()["verb"]) == (made, "visit.import")


def test_a_key_that_broke_while_the_server_runs_is_told_in_words(
    given: Given, desk: Desk, as_person: As, settings: Any
) -> None:
    settings.CHECKPOINT_KEY = "hỏng"
    client, name = as_person(desk.people["unit_head"]), f"receipts/reply/{given.reply.uid}"
    answers = [client.get(address) for address in (f"/{name}/", f"/{name}.txt", f"/{name}.svg", f"/api/v1/{name}")]
    answers += [
        client.post("/receipts/", {"text": given.text}),
        client.post("/api/v1/receipts/check", {"text": given.text}, content_type="application/json"),
    ]
    for answer in answers:
        assert answer.status_code == 422
        assert "bị hỏng" in answer.content.decode()
