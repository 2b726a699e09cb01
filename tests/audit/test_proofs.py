"""Proofs of inclusion and consistency are those of RFC 9162, and every spoilt one is refused: beside pymerkle and the stand-alone verifier."""

from __future__ import annotations

import json
import random
from base64 import b64encode
from contextlib import suppress
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pymerkle import InmemoryTree

from kycuong.audit.merkle import beside, between, folded, leaf_hash, root_above, roots_between
from kycuong.audit.notes import Checkpoint, LogKey, new_log_key
from tests.budget import long_run

from .ledger import verifier

LOGS = 10_000 if long_run() else 150


@pytest.fixture(scope="module")
def key() -> LogKey:
    return LogKey.read(new_log_key("thu.example"))


def log_of(size: int, chance: random.Random) -> list[bytes]:
    return [json.dumps({"seq": seq, "c": chance.randbytes(8).hex()}).encode() for seq in range(size)]


def spoilt(path: list[bytes], chance: random.Random) -> list[bytes]:
    """One bit of one hash, one hash more, or one less."""
    way = chance.randrange(3) if path else 1
    if way == 1:
        return [*path, bytes(32)]
    at = chance.randrange(len(path))
    turned = bytes([path[at][0] ^ 1]) + path[at][1:]
    return path[:at] + ([turned] if way == 0 else []) + path[at + 1 :]


def test_random_logs_agree_with_pymerkle_and_the_verifier(key: LogKey) -> None:
    chance, alone = random.Random(9162), verifier()
    for _ in range(LOGS):
        log = log_of(size := chance.randrange(1, 70), chance)
        leaves, other = list(map(leaf_hash, log)), InmemoryTree(algorithm="sha256")
        for entry in log:
            other.append_entry(entry)
        root = folded(leaves)
        assert root == other.get_root()
        number, old = chance.randrange(size), chance.randrange(1, size + 1)
        path = [folded(leaves[first:last]) for first, last in beside(number, size)]
        assert [leaves[number], *path] == [bytes(one) for one in other.prove_inclusion(number + 1).path]
        assert root_above(leaves[number], number, size, path) == root
        assert root_above(leaves[number], number, size, spoilt(path, chance)) != root
        assert alone.above(leaves[number], number, size, path) == root
        with suppress(ValueError):
            assert alone.above(leaves[number], number, size, spoilt(path, chance)) != root
        grown, old_root = [folded(leaves[first:last]) for first, last in between(old, size)], folded(leaves[:old])
        assert roots_between(old, size, old_root, grown) == (old_root, root)
        assert roots_between(old, size, old_root, spoilt(grown, chance)) != (old_root, root)
        assert roots_between(old, size, sha256(old_root).digest(), grown) != (sha256(old_root).digest(), root)


def test_every_entry_of_every_small_log_has_its_proof() -> None:
    leaves = [leaf_hash(bytes([number])) for number in range(40)]
    for size in range(1, 41):
        root = folded(leaves[:size])
        for number in range(size):
            path = [folded(leaves[first:last]) for first, last in beside(number, size)]
            assert root_above(leaves[number], number, size, path) == root
            grown = [folded(leaves[first:last]) for first, last in between(number + 1, size)]
            assert roots_between(number + 1, size, folded(leaves[: number + 1]), grown) == (
                folded(leaves[: number + 1]),
                root,
            )


@pytest.mark.parametrize(("number", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_what_is_outside_has_no_way_to_the_root(number: int, size: int) -> None:
    assert root_above(bytes(32), number, size, []) is None
    assert roots_between(size + 1, size, bytes(32), []) is None
    assert roots_between(0, size, bytes(32), []) is None


def test_the_verifier_reads_receipts_by_themselves(key: LogKey) -> None:
    """Its own reading of the text, with each part spoilt in turn."""
    alone, log = verifier(), log_of(11, random.Random(3))
    leaves = list(map(leaf_hash, log))
    note = key.sign(Checkpoint(key.name, 11, folded(leaves)))
    path = "\n".join(b64encode(folded(leaves[first:last])).decode() for first, last in beside(6, 11))
    text = f"c2sp.org/tlog-proof@v1\nextra {b64encode(log[6]).decode()}\nindex 6\n{path}\n\n{note}"
    assert alone.opened(text, [key.vkey]) == [("root", 11, folded(leaves)), ("leaf", 6, leaves[6])]
    zero, other = b64encode(bytes(32)).decode(), Ed25519PrivateKey.generate()
    scanned = f"kycuong-receipt@v1\nleaf {b64encode(leaves[6]).decode()}\nindex 6\n\n{note}"
    assert alone.opened(scanned, [key.vkey]) == [("root", 11, folded(leaves)), ("leaf", 6, leaves[6])]
    strange = LogKey(key.name, other.public_key(), other)
    for bad in (
        text.replace("index 6", "index 7"),
        text.replace(b64encode(log[6]).decode(), b64encode(log[5]).decode()),
        text.replace(path, path[45:]), text.replace(path, f"{path}\n{zero}"), text.replace(path, f"{zero}\n{path}"),
        text.replace(path.split("\n")[0], b64encode(bytes(31)).decode()), text.replace("index 6", "index 11"),
        text.replace(note, strange.sign(Checkpoint(key.name, 11, folded(leaves)))),
        text.replace("\n11\n", "\n12\n"), scanned.replace("leaf ", "leaf A"), scanned.replace("index 6", "index 11"),
        scanned.replace(b64encode(leaves[6]).decode(), b64encode(leaves[6] * 2).decode()), scanned.replace("\n\n", f"\n{zero}\n\n"),
    ):  # fmt: skip
        assert bad not in (text, scanned)
        with pytest.raises(ValueError):
            alone.opened(bad, [key.vkey])


def test_no_path_of_another_shape_leads_to_the_root(key: LogKey) -> None:
    """Both halves of the tree in the place of one hash would prove any entry at all."""
    alone, log = verifier(), log_of(11, random.Random(5))
    leaves = list(map(leaf_hash, log))
    note = key.sign(Checkpoint(key.name, 11, folded(leaves)))
    halves = b64encode(folded(leaves[:8]) + folded(leaves[8:])).decode()
    made_up = b64encode(json.dumps({"seq": 3, "verb": "finding.reply"}).encode()).decode()
    with pytest.raises(ValueError):
        alone.opened(f"c2sp.org/tlog-proof@v1\nextra {made_up}\nindex 3\n{halves}\n\n{note}", [key.vkey])
    for size in range(1, 12):
        for number in range(size):
            right = len(beside(number, size))
            for wrong in {*range(6)} - {right}:
                with pytest.raises(ValueError):
                    alone.above(leaves[number], number, size, [bytes(32)] * wrong)
    for number, size in ((-1, 3), (3, 3), (0, 0)):
        with pytest.raises(ValueError):
            alone.above(leaves[0], number, size, [bytes(32)])
