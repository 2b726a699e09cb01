"""Against whoever rewrites the whole log stands what was signed before: the signer refuses, and both verifiers tell."""

from __future__ import annotations

import ast
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError

from kycuong.audit.documents import write_ledger
from kycuong.audit.log import erase_before, record, record_many
from kycuong.audit.merkle import EMPTY_ROOT
from kycuong.audit.models import AuditBody, AuditEntry, LogCheckpoint
from kycuong.audit.notes import BadNote, Checkpoint, LogKey, new_log_key
from kycuong.audit.queries import known_checkpoints, log_keys, opened, root_at
from kycuong.audit.receipts import receipt_of
from kycuong.audit.reconcile import differences
from kycuong.audit.signer import accept_restored, take_checkpoint
from kycuong.audit.store import place
from kycuong.audit.verification import verify_log
from kycuong.audit.walls import lower_walls
from kycuong.core.problems import RuleBroken
from kycuong.orgs.models import Person, Unit
from tests.budget import long_run

from .ledger import VERIFIER, rewrite, verifier, written

pytestmark = pytest.mark.django_db
FLIPS = 20_000 if long_run() else 80
ATTACKS: dict[str, Callable[[list[Any]], list[Any]]] = {
    "a body": lambda log: [*log[:2], {**log[2], "body": log[2]["body"].replace(b"u-2", b"u-9")}, *log[3:]],
    "an author": lambda log: [*log[:2], {**log[2], "actor": "01910000-0000-7000-8000-000000000000"}, *log[3:]],
    "an hour": lambda log: [{**log[0], "ts": "2019-01-01T00:00:00.000Z"}, *log[1:]],
    "taken away": lambda log: [*log[:3], *log[4:]],
    "put in": lambda log: [*log[:3], log[1], *log[3:]],
    "two in another order": lambda log: [*log[:3], log[4], log[3], *log[5:]],
    "cut by one": lambda log: log[:-1],
    "cut to nothing": lambda _log: [],
}


@pytest.fixture
def key(settings: Any) -> LogKey:
    settings.CHECKPOINT_KEY = new_log_key("thu.example")
    return LogKey.read(settings.CHECKPOINT_KEY)


@pytest.fixture
def signed(key: LogKey) -> LogCheckpoint:
    """Seven units recorded, and the log signed."""
    units = Unit.objects.bulk_create([Unit(slug=f"u-{number}") for number in range(7)])
    record_many("unit.add", units, by=None)
    made = take_checkpoint()
    assert made
    return made


def told() -> list[str]:
    witnesses, wrong = known_checkpoints()
    return [fault.en for fault in (*wrong, *verify_log(witnesses=witnesses))]


def verdict(folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    """What the stand-alone program says."""
    status = verifier().main([str(folder), *more])
    said = capsys.readouterr().out.strip()
    assert status == (0 if said.startswith("sound") else 2 if "unreadable: " in said else 1)
    return said


def test_a_log_that_grows_is_signed_again_and_agrees(signed: LogCheckpoint, key: LogKey) -> None:
    assert take_checkpoint() is None, "nothing new"
    record("unit.add", Unit.objects.create(slug="u-8"), by=None)
    assert take_checkpoint(due=True) is None, "not yet an hour"
    later = take_checkpoint()
    assert later
    assert (later.size, opened(later.note)) == (8, Checkpoint("thu.example", 8, root_at(8)))
    assert root_at(7) == bytes.fromhex(signed.root)
    assert root_at(9) is None
    assert told() == []


def test_after_a_signature_a_checkpoint_does_not_wait(signed: LogCheckpoint) -> None:
    record("visit.sign", Unit.objects.create(slug="u-8"), by=None)
    assert take_checkpoint(due=True)


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_log_rewritten_by_its_owner_is_found_and_not_signed(
    attack: str, signed: LogCheckpoint, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite(ATTACKS[attack])
    assert list(verify_log()) == [], "in itself it is sound"
    assert [line for line in told() if "rewritten" in line or "cut" in line]
    record("unit.add", Unit.objects.create(slug="u-8"), by=None)
    with pytest.raises(RuleBroken):
        take_checkpoint()
    said = verdict(written(tmp_path / "out"), capsys)
    assert "rewritten" in said or "cut" in said


def test_every_cut_is_found(signed: LogCheckpoint) -> None:
    for left in reversed(range(7)):
        rewrite(lambda log, left=left: log[:left])
        assert any("cut" in line for line in told()), left


def test_the_walls_keep_checkpoints(signed: LogCheckpoint) -> None:
    for statement in ("UPDATE audit_logcheckpoint SET note = ''", "DELETE FROM audit_logcheckpoint"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(DatabaseError), transaction.atomic():
        LogCheckpoint.objects.create(size=3, root="", note="", made_at=signed.made_at)


def test_a_checkpoint_that_this_log_did_not_sign_is_told(signed: LogCheckpoint, settings: Any) -> None:
    settings.CHECKPOINT_KEY = new_log_key("thu.example")
    assert any("not signed by this log" in line for line in told())


def test_an_earlier_key_is_believed_beside_the_new_one(signed: LogCheckpoint, settings: Any, key: LogKey) -> None:
    settings.CHECKPOINT_KEY = f"{new_log_key('thu.example')} {key.vkey}"
    record("unit.add", Unit.objects.create(slug="u-8"), by=None)
    assert take_checkpoint()
    assert told() == []


def test_who_has_the_public_key_only_does_not_sign(signed: LogCheckpoint, settings: Any, key: LogKey) -> None:
    settings.CHECKPOINT_KEY = key.vkey
    record("unit.add", Unit.objects.create(slug="u-8"), by=None)
    with pytest.raises(RuleBroken):
        take_checkpoint()
    assert told() == []


def test_after_a_restoration_signing_goes_on_when_somebody_says_so(signed: LogCheckpoint) -> None:
    rewrite(lambda log: log[:3])
    with pytest.raises(RuleBroken):
        take_checkpoint()
    assert accept_restored() == (7, 3)
    assert (place().parent / "checkpoint-restored").read_text().split()[1:] == ["7", "3"]


def test_the_command_checks_a_checkpoint_kept_elsewhere(
    signed: LogCheckpoint, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text(signed.note.replace("\n", "\r\n"), encoding="utf-8")
    call_command("audit", "verify", "--checkpoint", str(kept))
    assert "3 checkpoints agree" in capsys.readouterr().err
    rewrite(ATTACKS["an hour"])
    with pytest.raises(SystemExit):
        call_command("audit", "verify", "--checkpoint", str(kept))
    assert str(kept) in capsys.readouterr().out


def test_the_verifier_agrees_and_shares_no_code(
    signed: LogCheckpoint, key: LogKey, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = "sound: 7 entries, signed up to 7 of 7; rows compared: yes; 1 notes; key: "
    assert verdict(written(tmp_path / "out"), capsys) == whole + "of the folder"
    assert verdict(tmp_path / "out", capsys, "--key", key.vkey) == whole + "given"
    assert "rows compared: no" in verdict(written(tmp_path / "bare", bodies=False), capsys)
    assert "u-3" not in (tmp_path / "bare" / "log.jsonl").read_text(encoding="utf-8")
    used = set()
    for node in ast.walk(ast.parse(VERIFIER.read_text(encoding="utf-8"))):
        used |= {name.name for name in node.names} if isinstance(node, ast.Import) else set()
        used |= {str(node.module)} if isinstance(node, ast.ImportFrom) else set()
    assert used
    assert used <= sys.stdlib_module_names


def test_nothing_is_sound_of_which_nothing_signed_was_checked(
    signed: LogCheckpoint, key: LogKey, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder from which checkpoints or rows were taken; what came after the last checkpoint is told apart."""
    folder, kept = written(tmp_path / "out"), tmp_path / "kept.txt"
    kept.write_text(signed.note, encoding="utf-8")
    (folder / "checkpoints.txt").write_text("")
    assert verdict(folder, capsys, "--key", key.vkey).startswith("unsigned: ")
    kept.with_name("empty.txt").write_text(key.sign(Checkpoint(key.name, 0, EMPTY_ROOT)), encoding="utf-8")
    assert "unsigned: " in verdict(folder, capsys, str(kept.with_name("empty.txt")))
    assert verdict(folder, capsys, str(kept)).startswith("sound"), "a checkpoint from elsewhere does as well"
    (folder / "rows.jsonl").unlink()
    assert "rows.jsonl" in verdict(folder, capsys, str(kept))
    record("unit.add", Unit.objects.create(slug="u-8"), by=None)
    assert "8 entries, signed up to 7 of 8; " in verdict(written(tmp_path / "out"), capsys)


def test_what_cannot_be_checked_is_said_in_a_sentence(
    signed: LogCheckpoint, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, kept, scanned = written(tmp_path / "out"), tmp_path / "kept.txt", tmp_path / "scanned.txt"
    kept.write_text(signed.note, encoding="utf-8")
    receipt = receipt_of(Unit.objects.get(slug="u-3"), "unit.add")
    assert receipt
    scanned.write_text(receipt.scanned, encoding="utf-8")
    assert verifier().main([str(kept), str(folder), str(scanned)]) == 0, "in any order"
    capsys.readouterr()
    for wrong in ([scanned, "--key", log_keys()[0].vkey], [kept], [folder, folder]):
        with pytest.raises(SystemExit) as ended:
            verifier().main([*map(str, wrong)])
        assert ended.value.code == 2
        assert "FOLDER" in capsys.readouterr().err.splitlines()[-1]
    first, *others = (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()
    for spoilt in ({**json.loads(first), "body": 7}, {**json.loads(first), "meta": 7}, [7], {}):
        (folder / "log.jsonl").write_text("\n".join([json.dumps(spoilt), *others]), encoding="utf-8")
        assert verdict(folder, capsys).splitlines()[-1].startswith("unreadable: ")
    for name in ("log.jsonl", "checkpoints.txt", "keys.txt"):
        (written(folder) / name).unlink()
        assert name in verdict(folder, capsys)
    assert "nowhere.txt" in verdict(written(folder), capsys, str(tmp_path / "nowhere.txt"))
    kept.write_bytes(b"\xff\xfe")
    assert verdict(folder, capsys, str(kept)).startswith("unreadable: ")


def test_an_auditor_can_read_the_verifier_in_one_go() -> None:
    """150 lines of code at most: neither blank, nor a comment, nor told in a docstring."""
    text = VERIFIER.read_text(encoding="utf-8")
    told: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.FunctionDef) and ast.get_docstring(node):
            told |= set(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    lines = [line.strip() for number, line in enumerate(text.splitlines(), 1) if number not in told]
    assert len([line for line in lines if line and not line.startswith("#")]) <= 150


def test_what_is_exported_is_its_owner_s_alone_and_nothing_of_before(signed: LogCheckpoint, tmp_path: Path) -> None:
    folder = written(tmp_path / "out")
    assert {path.stat().st_mode & 0o077 for path in (folder, *folder.iterdir())} == {0}
    written(folder, bodies=False)
    assert not (folder / "rows.jsonl").exists()


@pytest.mark.django_db(transaction=True)
def test_an_export_is_of_one_moment(key: LogKey, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From the first entry to the last row it is one transaction of one snapshot, that keeps no writer from its turn."""
    with transaction.atomic():
        record_many("unit.add", Unit.objects.bulk_create([Unit(slug="u-1"), Unit(slug="u-2")]), by=None)
    assert take_checkpoint()
    seen: list[str] = []

    def snapshot(_steps: int) -> None:
        assert connection.in_atomic_block
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SHOW transaction_isolation")
                seen.append(cursor.fetchone()[0])
            else:
                seen.append(str(getattr(connection, "transaction_mode", None)))

    write_ledger(tmp_path / "out", bodies=True, progress=snapshot)
    assert len(seen) >= 2
    assert set(seen) == {"repeatable read" if connection.vendor == "postgresql" else "None"}
    assert verdict(tmp_path / "out", capsys).startswith("sound: 2 entries")


def test_a_log_without_a_body_is_exported_and_told(
    signed: LogCheckpoint, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lower_walls(connection)
    AuditBody.objects.filter(pk=2).delete()
    assert "entry 2: erased" in verdict(written(tmp_path / "out"), capsys)


def test_a_damaged_memory_is_said_and_nothing_is_signed(signed: LogCheckpoint) -> None:
    place().write_text("7 zz", encoding="ascii")
    assert any("signer's file" in line for line in told())
    record("unit.add", Unit.objects.create(slug="u-8"), by=None)
    with pytest.raises(RuleBroken, match="checkpoint-last"):
        take_checkpoint()


def test_a_row_changed_beside_the_log_is_found_by_both(
    signed: LogCheckpoint, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone, added = Unit.objects.get(slug="u-1"), Unit.objects.create(slug="u-9")
    Unit.objects.filter(slug="u-4").update(slug="u-44")
    Unit.objects.filter(pk=gone.pk).delete()
    said = verdict(written(tmp_path / "out"), capsys)
    assert len(said.split("\n")) == 3 == len(differences())
    assert f"orgs.Unit {added.uid}: in its table, not in the log" in said


def test_erasure_keeps_the_log_valid(
    signed: LogCheckpoint, person: Person, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record("person.add", person, by=None)
    Person.objects.filter(pk=person.pk).update(full_name="Đã xóa")
    erase_before(record("person.erase", person, by=None, op="erase"))
    assert told() == []
    assert verdict(written(tmp_path / "out"), capsys).startswith("sound")
    assert AuditEntry.objects.get(model="orgs.Person", seq=7).body.body is None


def test_any_bit_of_the_exported_files_counts(
    signed: LogCheckpoint, tmp_path: Path, key: LogKey, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, chance = written(tmp_path / "out"), random.Random(7)
    for name in ("log.jsonl", "rows.jsonl", "checkpoints.txt"):
        whole = (folder / name).read_bytes()
        for _ in range(FLIPS):
            changed = bytearray(whole)
            changed[(at := chance.randrange(len(whole)))] ^= 1 << chance.randrange(8)
            (folder / name).write_bytes(changed)
            try:
                said = verdict(folder, capsys, "--key", key.vkey)
            except (UnicodeDecodeError, ValueError):
                said = "unreadable"
            assert not said.startswith("sound") or same(name, whole, changed), (name, at, said)
        (folder / name).write_bytes(whole)
    assert verdict(folder, capsys, "--key", key.vkey).startswith("sound")


def same(name: str, whole: bytes, changed: bytearray) -> bool:
    """Another spelling of the same: blanks and line ends around JSON and notes."""
    if name == "checkpoints.txt":
        return whole.split() == bytes(changed).split()
    try:
        return [json.loads(line) for line in whole.splitlines()] == [json.loads(line) for line in changed.splitlines()]
    except ValueError:
        return False


def held(public: bytes, text: bytes, signature: bytes) -> bool:
    """A key or signature that is no point at all is refused in another way."""
    try:
        return bool(verifier().signed(public, text, signature))
    except ValueError:
        return False


def test_signatures_are_those_of_the_standard() -> None:
    """RFC 8032 §7.1 test 2, then random ones, each with one bit turned."""
    signed = held
    public = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert signed(public, b"\x72", signature)
    chance = random.Random(8032)
    for _ in range(20):
        key, text = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32)), chance.randbytes(chance.randrange(80))
        public, signature = key.public_key().public_bytes_raw(), bytearray(key.sign(text))
        assert signed(public, text, bytes(signature))
        signature[chance.randrange(64)] ^= 1 << chance.randrange(8)
        assert not signed(public, text, bytes(signature))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda note: note.replace("thu.example", "khac.example"),
        lambda note: note.replace("\n7\n", "\n8\n"),
        lambda note: note.replace("\n7\n", "\n07\n"),
        lambda note: note.partition("\n\n")[0],
        lambda note: "",
        lambda note: note + "x" * 2000,
        lambda note: note.replace("— ", "- "),
        lambda note: note[:-6] + "\n",
    ],
)
def test_a_spoilt_note_is_no_note(signed: LogCheckpoint, key: LogKey, spoil: Callable[[str], str]) -> None:
    with pytest.raises(BadNote):
        key.open(spoil(signed.note))


@pytest.mark.parametrize("text", ["", "a+b", "thu+00000000+AAAA", "PRIVATE+KEY+thu+x+y", "tên dài+1+2"])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        LogKey.read(text)
