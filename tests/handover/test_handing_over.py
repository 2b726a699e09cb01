"""`./run export all`: everything leaves, and nothing that must stay."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import stat
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import load_command_class
from django.db.utils import ConnectionHandler

from kycuong.audit.models import AuditEntry
from kycuong.core.clock import now
from kycuong.core.problems import BadInput, NotAllowed
from kycuong.draws.models import Draw
from kycuong.files import store
from kycuong.files.models import Attachment
from kycuong.handover import store as handover_store
from kycuong.handover.actions import note_taken_out
from kycuong.handover.documents import hand_over, writing
from kycuong.handover.queries import columns_of, model_of, paths_to
from kycuong.handover.rules import KEPT_BACK, SECRET_COLUMNS, TABLES, Table
from kycuong.inspections import actions
from kycuong.inspections.models import ConflictWaiver, Finding, Inspection, Sealing, Visit
from kycuong.inspections.queries import plan_of
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Person
from tests.desk import Desk
from tests.photos import examined
from tests.sealed import SECRET, seal
from tests.sides import Sides

pytestmark = pytest.mark.django_db
HANGING = (
    "ConflictDeclaration",
    "ConflictWaiver",
    "Sealing",
    "ShortListEntry",
    "TeamGroup",
    "TeamMember",
    "TeamReport",
)
"""What hangs on an inspection beside its visits."""
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
    """All that there is: a signed visit with a photo, and a sealed inspection with all that one can carry."""
    visit = desk.visit()
    actions.add_file(visit, by=desk.people["team_head"], examined=examined("navy"), caption="Cổng")
    desk.sign(desk.answered(visit, D3={"outcome": "fail", "finding": 'Không có "sổ",\r\nkhông có bảng'}))
    seal(desk)
    return taken_from(tmp_path / "ra")


def taken_from(target: Path) -> Path:
    with at_the_machine():
        hand_over(target, lambda done, total: None)
    return target


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
    leaving = {table.label for table in TABLES}
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
        assert told[table.name]["rows"] == len(rows(taken, table.label)), table.label
        if not paths_to(model_of(table), Inspection) and not paths_to(model_of(table), Visit) and not of_files(table):
            assert told[table.name]["rows"] == model_of(table)._base_manager.count(), table.label
    assert told["inspections_inspection"]["rows"] == told["inspections_visit"]["rows"] == 1
    assert told["orgs_person"]["rows"] == Person.objects.count()


def of_files(table: Table) -> bool:
    return table.label in {"files.Attachment", "files.AttachmentOrigin"}


def test_how_much_is_withheld_is_told_nowhere(taken: Path) -> None:
    assert set(described(taken)["withheld"]) == {"tables", "columns", "missingFiles"}
    text = (taken / "README.md").read_text("utf-8")
    assert "Điều còn niêm phong ở lại đây." in text
    assert "What is still sealed stays here." in text
    assert not (taken / "log").exists()


def test_a_reader_of_the_format_accepts_every_row(sides: Sides, desk: Desk, tmp_path: Path) -> None:
    """Each CSV by the rules of its description: an empty field is missing, whether in quotes or not."""
    read: dict[str, Callable[[str], Any]] = {
        "integer": int,
        "number": Decimal,
        "boolean": {"true": True, "false": False}.__getitem__,
        "date": date.fromisoformat,
        "datetime": datetime.fromisoformat,
        "time": time.fromisoformat,
        "string": str,
    }
    place = taken_from(tmp_path / "ra")
    blank = 0
    for one in described(place)["resources"]:
        if one["format"] != "csv":
            continue
        assert one["schema"]["missingValues"] == [""]
        with (place / one["path"]).open(encoding="utf-8", newline="") as file:
            found = list(csv.DictReader(file))
        for column in one["schema"]["fields"]:
            values = [row[column["name"]] for row in found]
            there = [read[column["type"]](value) for value in values if value]
            rule = column.get("constraints", {})
            assert len(there) == len(values) or not rule.get("required"), f"{one['name']}.{column['name']}"
            assert len(set(there)) == len(there) or not rule.get("unique"), f"{one['name']}.{column['name']}"
            blank += len(values) - len(there)
    assert blank


def test_what_hangs_on_a_half_opened_inspection_stays(desk: Desk, tmp_path: Path) -> None:
    """One visit is signed, another begun: nothing of the second place, of the waiver there, of its reason, of the team leaves."""
    head = desk.people["team_head"]
    inspection = seal(desk)
    begun = inspection.visits.get()
    waiting = plan_of(Sealing.objects.get(inspection=inspection)).waiting[0]
    second = actions.begin_target(inspection, by=head, key=waiting.key, as_planned=True)
    ConflictWaiver.objects.create(
        inspection=inspection, person=desk.people["team_member"], unit=second.unit, reason="Vợ làm ở đó", waived_by=head
    )
    Visit.objects.filter(pk=begun.pk).update(state="signed", signed_at=now(), signed_by=head)
    assert Visit.objects.get(pk=begun.pk).group_id, "the signed visit has a group of the team"
    place = taken_from(tmp_path / "ra")
    [visit] = rows(place, "inspections.Visit")
    assert (visit["uid"], visit["group_id"]) == (str(begun.uid), None)
    assert [row["uid"] for row in rows(place, "inspections.Inspection")] == [str(inspection.uid)]
    assert {label: rows(place, f"inspections.{label}") for label in HANGING} == {label: [] for label in HANGING}
    text = b"".join(path.read_bytes() for path in place.rglob("*") if path.is_file()).decode("utf-8", "replace")
    assert [word for word in ("Vợ làm ở đó", str(second.uid), SECRET[4]) if word in text] == []
    Sealing.objects.update(unsealed_at=now(), unsealed_by=head, summary=[])
    [opened] = rows(taken_from(tmp_path / "sau"), "inspections.ConflictWaiver")
    assert opened["reason"] == "Vợ làm ở đó"


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
    secret += [str(sealed.uid), str(draft.uid)]
    for path in taken.rglob("*"):
        if path.is_file():
            text = path.read_bytes()
            assert [word for word in secret if word.encode() in text] == [], path.name
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


def test_of_everything_that_offices_do_nothing_is_forgotten(sides: Sides, desk: Desk, tmp_path: Path) -> None:
    """Plans, conclusions, phones, draws, rounds, forms, reports of citizens: what the walk over all addresses makes."""
    place = taken_from(tmp_path / "ra")
    empty = [table.label for table in TABLES if not rows(place, table.label)]
    for table in TABLES:
        if not any(paths_to(model_of(table), aim) for aim in (Inspection, Visit, Draw)) and not of_files(table):
            assert len(rows(place, table.label)) == model_of(table)._base_manager.count(), table.label
    assert len(rows(place, "draws.Draw")) == Draw.objects.count()
    assert len(empty) < len(TABLES) / 2, empty
    assert len(list((place / "files").iterdir())) >= 3


def test_the_log_tells_of_it_and_only_the_machine_may(desk: Desk, taken: Path) -> None:
    entry = AuditEntry.objects.order_by("-seq").first()
    assert entry is not None
    meta = json.loads(bytes(entry.meta))
    assert (meta["verb"], meta["op"], meta["actor"]) == ("unit.take_out", "read", None)
    assert hashlib.sha256((taken / "SHA256SUMS").read_bytes()).hexdigest() in bytes(entry.body.body).decode()
    with pytest.raises(NotAllowed):
        note_taken_out(desk.units["province"], by=None, files=1, digest="")


def test_every_row_of_a_sealed_inspection_is_found_by_its_ways() -> None:
    reached = {table.label for table in TABLES if paths_to(model_of(table), Visit)}
    assert {"inspections.Visit", "inspections.Addendum", "followup.Recommendation", "field.FieldOp"} <= reached
    assert "orgs.Person" not in reached
    beside = {table.label for table in TABLES if paths_to(model_of(table), Inspection)}
    assert {f"inspections.{one}" for one in HANGING} <= beside


def test_a_zip_holds_the_same_and_nothing_lies_about(desk: Desk, taken: Path, tmp_path: Path) -> None:
    target = taken_from(tmp_path / "ra.zip")
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
    assert names == {path.relative_to(taken).as_posix() for path in taken.rglob("*") if path.is_file()}
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"ra", "ra.zip"}


def test_what_is_there_is_not_written_over(desk: Desk, taken: Path, tmp_path: Path) -> None:
    before = AuditEntry.objects.count()
    with pytest.raises(BadInput, match="không ghi đè"):
        taken_from(taken)
    with pytest.raises(BadInput, match="Không có thư mục"):
        taken_from(tmp_path / "x" / "y")
    assert AuditEntry.objects.count() == before


def test_what_breaks_off_leaves_nothing(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Iterator[Any]:
        raise OSError(28, "No space left on device")
        yield

    monkeypatch.setattr(writing, "rows_of", broken)
    with pytest.raises(BadInput, match="chưa có gì được bàn giao"):
        taken_from(tmp_path / "ra")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["ra", "ra.zip"])
def test_what_gets_no_name_is_told_and_on_record(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    done = handover_store.to_disk

    def failing(path: Path) -> None:
        if path == tmp_path:
            raise OSError(5, "Input/output error")
        done(path)

    monkeypatch.setattr(handover_store, "to_disk", failing)
    with pytest.raises(BadInput, match="chưa có gì được bàn giao"):
        taken_from(tmp_path / name)
    assert list(tmp_path.iterdir()) == []
    entry = AuditEntry.objects.order_by("-seq").first()
    assert entry is not None
    assert '"placed":false' in bytes(entry.body.body).decode().replace(" ", "")


def test_a_zip_needs_no_hard_links(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    assert zipfile.is_zipfile(taken_from(tmp_path / "ra.zip"))


def test_what_a_killed_run_left_is_swept_and_what_runs_is_not(desk: Desk, tmp_path: Path) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    for name in (f".ra.{gone.pid}.dang-ghi", f".ra.{os.getppid()}.dang-ghi", f".khac.{gone.pid}.dang-ghi"):
        (tmp_path / name).mkdir()
    (tmp_path / f".ra.{gone.pid}.dang-ghi.zip").touch()
    with at_the_machine():
        assert hand_over(tmp_path / "ra", lambda done, total: None).leftovers == 1
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"ra", f".ra.{os.getppid()}.dang-ghi", f".khac.{gone.pid}.dang-ghi"}


def test_where_there_is_nothing_nothing_leaves(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="Chưa có đơn vị nào"):
        taken_from(tmp_path / "ra")


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
                ["./run", "export", "all", "--to", str(tmp_path / "lai")]
            )
    finally:
        found.write_bytes(kept)
        found.chmod(mode)
    assert stop.value.code == 1
    assert "./run files verify" in capsys.readouterr().err
    assert described(tmp_path / "lai")["withheld"]["missingFiles"][0]["sha256"] == photo["sha256"]
