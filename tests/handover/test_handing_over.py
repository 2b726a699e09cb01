"""`./run export all`: everything leaves, of the right unit, and nothing that must stay."""

from __future__ import annotations

import csv
import hashlib
import json
import stat
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import load_command_class
from django.db.utils import ConnectionHandler

from kycuong.audit.models import AuditEntry
from kycuong.core.problems import BadInput, NotAllowed
from kycuong.files import store
from kycuong.files.models import Attachment
from kycuong.handover.actions import note_taken_out
from kycuong.handover.documents import hand_over, writing
from kycuong.handover.queries import columns_of, model_of, paths_to
from kycuong.handover.rules import KEPT_BACK, LEDGER, SECRET_COLUMNS, TABLES
from kycuong.inspections import actions
from kycuong.inspections.models import Finding, Inspection, Visit
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import Draft, create_units
from kycuong.orgs.models import Person, Unit
from tests.desk import BEGIN, Desk
from tests.photos import examined
from tests.sealed import SECRET, seal
from tests.sides import Sides

pytestmark = pytest.mark.django_db
SECRETIVE = ("password", "sealed", "secret", "digest", "key", "hash", "token", "session", "epoch")
PLAIN = {
    "inspections.Minutes.digest": "of the signed minutes: printed on them",
    "inspections.Addendum.digest": "the same",
    "inspections.Minutes.secretary": "who wrote them down",
    "inspections.Inspection.sealed_by_id": "who sealed what is open now",
    "inspections.Sealing.unsealed_by_id": "who opened it",
    "draws.Winner.key": "the number that was drawn, after the draw was revealed",
    "orgs.UnitVersion.sort_key": "the name, for sorting",
    "orgs.UnitVersion.search_key": "the name, for finding",
}
"""Columns that sound like a secret and are none, with why."""


@pytest.fixture
def taken(desk: Desk, tmp_path: Path) -> Path:
    """All that the province owns: a signed visit with a photo, and a sealed inspection with all that one can carry."""
    visit = desk.visit()
    actions.add_file(visit, by=desk.people["team_head"], examined=examined("navy"), caption="Cổng")
    desk.sign(desk.answered(visit, D3={"outcome": "fail", "finding": 'Không có "sổ",\r\nkhông có bảng'}))
    seal(desk)
    return taken_from(desk.units["province"], tmp_path / "ra")


def taken_from(unit: Unit, target: Path) -> Path:
    with at_the_machine():
        hand_over(unit, target, lambda done, total: None)
    return target


def another() -> Unit:
    with at_the_machine():
        return create_units([Draft("Tỉnh Khác", "province", None, slug="tinh-khac")], by=None, on=BEGIN).born[0]


def described(place: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((place / "datapackage.json").read_text("utf-8"))
    return told


def rows(place: Path, label: str) -> list[dict[str, Any]]:
    """The rows of a table, as a stranger reads them."""
    name = label.replace(".", "_").lower()
    path = next((place / "tables").glob(f"{name}.*"))
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file)) if path.suffix == ".csv" else [json.loads(line) for line in file]


def test_every_model_leaves_or_says_why_it_stays() -> None:
    models = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    leaving = {table.label for table in TABLES} | set(LEDGER)
    assert models - leaving - set(KEPT_BACK) == set(), "name each in handover/rules/tables.py or withheld.py"
    assert (leaving | set(KEPT_BACK)) - models == set()
    assert leaving & set(KEPT_BACK) == set()
    assert [label for label, why in KEPT_BACK.items() if len(why) < 20] == []


def test_no_column_that_sounds_like_a_secret_leaves_without_a_word() -> None:
    found = {
        f"{table.label}.{column.column}"
        for table in TABLES
        for column in columns_of(table)
        if any(word in column.column for word in SECRETIVE) and not column.column.endswith("_at")
    }
    assert found == set(PLAIN)
    for label, kept in SECRET_COLUMNS.items():
        there = {field.column for field in apps.get_model(label)._meta.concrete_fields}
        assert set(kept) <= there


def test_counts_match_the_database_and_the_description(desk: Desk, taken: Path) -> None:
    told = {one["name"]: one for one in described(taken)["resources"]}
    for table in TABLES:
        one = told[table.name]
        withheld = described(taken)["withheld"]["counts"].get(table.name, {}).get("rows", 0)
        assert one["rows"] == len(rows(taken, table.label)), table.label
        if table.label not in {"files.Attachment", "files.AttachmentOrigin"}:
            assert one["rows"] + withheld == model_of(table)._base_manager.count(), table.label
    assert told["inspections_visit"]["rows"] == 1
    assert told["orgs_person"]["rows"] == Person.objects.count()
    lines = (taken / "log" / "log.jsonl").read_text().splitlines()
    assert len(lines) == AuditEntry.objects.count() - 1  # but for the one that tells of this export
    assert {tuple(json.loads(line)) for line in lines} == {("meta",)}


def test_what_was_written_can_be_read_back_exactly(taken: Path) -> None:
    [finding] = rows(taken, "inspections.Finding")
    assert finding["description"] == Finding.objects.get(visit__state="signed").description
    assert '"sổ",' in finding["description"]
    visit = Visit.objects.get(state="signed")
    [row] = rows(taken, "inspections.Visit")
    assert (row["uid"], row["unit_id"], row["answers"]) == (str(visit.uid), visit.unit_id, visit.answers)
    assert row["signed_at"].endswith("Z")
    assert row["quota"] == visit.quota


def test_nothing_sealed_and_no_secret_leaves(desk: Desk, taken: Path) -> None:
    person = desk.people["team_head"]
    sealed = Inspection.objects.get(sealed_at__isnull=False)
    draft = Visit.objects.get(inspection=sealed)
    secret = [*SECRET, Person.objects.get(pk=person.pk).password, sealed.sealing.sealed_plan]
    names = [str(sealed.uid), str(draft.uid)]  # the log is one and tells that there was an act, without a word of it
    for path in taken.rglob("*"):
        if path.is_file():
            text = path.read_bytes()
            told = secret if path.parent.name == "log" else [*secret, *names]
            assert [word for word in told if word.encode() in text] == [], path.name
    counts = described(taken)["withheld"]["counts"]
    assert counts["inspections_inspection"] == {"rows": 1}
    assert counts["inspections_visit"] == {"rows": 1}
    assert Attachment.objects.count() == 2
    assert len(list((taken / "files").iterdir())) == 1


def test_sums_hold_and_the_folder_is_its_owners_alone(taken: Path) -> None:
    subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=taken, check=True)
    summed = {line.split("  ")[1] for line in (taken / "SHA256SUMS").read_text().splitlines()}
    there = {path.relative_to(taken).as_posix() for path in taken.rglob("*") if path.is_file()}
    assert there - summed == {"SHA256SUMS"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in taken.rglob("*")} == {0o600, 0o700}
    for one in described(taken)["resources"]:
        assert one["hash"] == f"sha256:{hashlib.sha256((taken / one['path']).read_bytes()).hexdigest()}"
    [photo] = rows(taken, "files.Attachment")
    assert (taken / "files" / photo["sha256"]).read_bytes() == store.contents(photo["sha256"])


def test_references_lead_to_rows_that_left(taken: Path) -> None:
    told = {one["name"]: one for one in described(taken)["resources"]}
    keys = {table.name: {str(row["id"]) for row in rows(taken, table.label)} for table in TABLES}
    for table in TABLES:
        for key in told[table.name]["schema"]["foreignKeys"]:
            aim = key["reference"]["resource"]
            values = {str(row[key["fields"]]) for row in rows(taken, table.label)} - {"", "None"}
            assert values <= keys[aim], f"{table.name}.{key['fields']}"


def test_of_everything_that_offices_do_every_row_is_counted(sides: Sides, desk: Desk, tmp_path: Path) -> None:
    """Plans, conclusions, phones, draws, rounds, forms, reports of citizens: what the walk over all addresses makes."""
    place = taken_from(desk.units["province"], tmp_path / "ra")
    counts = described(place)["withheld"]["counts"]
    empty = [table.label for table in TABLES if not rows(place, table.label)]
    for table in TABLES:
        here = len(rows(place, table.label)) + counts.get(table.name, {}).get("rows", 0)
        assert here == model_of(table)._base_manager.count(), table.label
    assert len(empty) < len(TABLES) / 2, empty
    assert len(list((place / "files").iterdir())) >= 3
    another()
    part = taken_from(desk.units["province"], tmp_path / "part")
    fewer = {t.label for t in TABLES if len(rows(part, t.label)) < len(rows(place, t.label))}
    assert fewer <= {"orgs.Person", "field.FieldDevice"}, "how a row is known to be the unit's is wrong"


def test_the_log_tells_of_it_and_only_the_machine_may(desk: Desk, taken: Path) -> None:
    entry = AuditEntry.objects.order_by("-seq").first()
    assert entry is not None
    meta = json.loads(bytes(entry.meta))
    assert (meta["verb"], meta["op"], meta["actor"]) == ("unit.take_out", "read", None)
    assert hashlib.sha256((taken / "SHA256SUMS").read_bytes()).hexdigest() in bytes(entry.body.body).decode()
    with pytest.raises(NotAllowed):
        note_taken_out(desk.units["province"], by=None, rows=1, files=1, digest="")


def test_another_province_keeps_what_is_its_own(desk: Desk, taken: Path, tmp_path: Path) -> None:
    other = another()
    part = taken_from(other, tmp_path / "khac")
    assert [row["slug"] for row in rows(part, "orgs.Unit")] == ["tinh-khac"]
    assert not described(part)["wholeInstallation"]
    unfiltered = [table for table in TABLES if table.how == "*" or "?" in table.how or table.label.startswith("orgs.")]
    assert [t.label for t in TABLES if t not in unfiltered and rows(part, t.label)] == []
    mine = taken_from(desk.units["province"], tmp_path / "minh")
    assert len(rows(mine, "inspections.Visit")) == 1
    assert len(rows(mine, "files.Attachment")) == 1
    assert "tinh-khac" not in (mine / "tables" / "orgs_unit.csv").read_text()


def test_every_row_of_a_sealed_inspection_is_found_by_its_ways() -> None:
    reached = {table.label for table in TABLES if paths_to(model_of(table), Inspection)}
    assert {"inspections.Visit", "inspections.Addendum", "followup.RemedyFile", "field.FieldOp"} <= reached
    assert "orgs.Person" not in reached


def test_a_zip_holds_the_same_and_nothing_lies_about(desk: Desk, taken: Path, tmp_path: Path) -> None:
    target = taken_from(desk.units["province"], tmp_path / "ra.zip")
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
    assert names == {path.relative_to(taken).as_posix() for path in taken.rglob("*") if path.is_file()}
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"ra", "ra.zip"}


def test_what_is_there_is_not_written_over(desk: Desk, taken: Path, tmp_path: Path) -> None:
    before = AuditEntry.objects.count()
    with pytest.raises(BadInput, match="không ghi đè"):
        taken_from(desk.units["province"], taken)
    with pytest.raises(BadInput, match="Không có thư mục"):
        taken_from(desk.units["province"], tmp_path / "x" / "y")
    assert AuditEntry.objects.count() == before


def test_what_breaks_off_leaves_nothing(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Iterator[Any]:
        raise OSError(28, "No space left on device")
        yield

    monkeypatch.setattr(writing, "rows_of", broken)
    with pytest.raises(BadInput, match="chưa có gì được bàn giao"):
        taken_from(desk.units["province"], tmp_path / "ra")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_stops_nobody_and_is_told(
    desk: Desk, taken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    [photo] = rows(taken, "files.Attachment")
    found = store.vault._path(photo["sha256"])
    kept, mode = found.read_bytes(), found.stat().st_mode
    found.chmod(0o600)
    found.write_bytes(b"else")
    monkeypatch.setattr(ConnectionHandler, "close_all", lambda connections: None)
    try:
        with pytest.raises(SystemExit) as stop:
            load_command_class("kycuong.site", "export").run_from_argv(
                ["./run", "export", "all", "--unit", "tinh-thu-nghiem", "--to", str(tmp_path / "lai")]
            )
    finally:
        found.write_bytes(kept)
        found.chmod(mode)
    assert stop.value.code == 1
    assert "./run files verify" in capsys.readouterr().err
    assert described(tmp_path / "lai")["withheld"]["missingFiles"][0]["sha256"] == photo["sha256"]
