"""Sealed text: opens with its key at its place, and in no other way."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from kycuong.core.sealing import BLOCK, Keyring, SealBroken, keyring, new_key
from kycuong.site.database import file_only_i_may_read
from tests.budget import examples

OLD, NEW = new_key(), new_key()
RING = Keyring.read(OLD)
TEXTS = st.text().filter(lambda text: not text.endswith("\0"))


@given(text=TEXTS, about=st.text())
@budget(max_examples=examples(60, long=2000))
def test_what_is_sealed_opens_again_at_its_place_only(text: str, about: str) -> None:
    sealed = RING.seal(text, about=about)
    assert RING.unseal(sealed, about=about) == text
    with pytest.raises(SealBroken):
        RING.unseal(sealed, about=about + "x")


@given(place=st.integers(min_value=0), bit=st.integers(min_value=0, max_value=6))
@budget(max_examples=examples(120, long=5000))
def test_a_changed_bit_breaks_the_seal(place: int, bit: int) -> None:
    sealed = RING.seal("Xã Hoàng Đồng", about="here")
    place %= len(sealed)
    changed = sealed[:place] + chr(ord(sealed[place]) ^ (1 << bit)) + sealed[place + 1 :]
    with pytest.raises(SealBroken):
        RING.unseal(changed, about="here")


def test_other_spellings_of_the_same_bytes_are_refused() -> None:
    sealed = RING.seal("Xã A", about="here")
    for other in (sealed + "\n", sealed.rstrip("="), sealed[:-2] + chr(ord(sealed[-2]) + 1) + "=", sealed + "===="):
        with pytest.raises(SealBroken):
            RING.unseal(other, about="here")


def test_the_seal_hides_the_text_and_its_length() -> None:
    short, longer = RING.seal("Xã A", about="here"), RING.seal("Xã Hoàng Đồng, Huyện Đông", about="here")
    assert len(short) == len(longer)
    assert len(RING.seal("x" * (BLOCK + 1), about="here")) > len(short)
    assert RING.seal("Xã A", about="here") != short  # a fresh nonce each time


def test_a_key_is_changed_by_putting_a_new_one_in_front() -> None:
    sealed, both = RING.seal("Xã A", about="here"), Keyring.read(NEW + OLD)
    assert both.unseal(sealed, about="here") == "Xã A"
    moved = both.reseal(sealed, about="here")
    assert Keyring.read(NEW).unseal(moved, about="here") == "Xã A"
    assert both.reseal(moved, about="here") == moved
    with pytest.raises(SealBroken, match="no key"):
        RING.unseal(moved, about="here")


@pytest.mark.parametrize(
    "text",
    ["", "k1", "k1:", "k1:AAAA", ":" + "A" * 43, f"{OLD}{OLD}", "k 1:" + "A" * 43],
    ids=["nothing", "a name", "no key", "too short", "no name", "twice", "a blank"],
)
def test_keys_that_cannot_seal_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="sealing keys"):
        Keyring.read(text)


def test_the_installation_has_a_key_of_its_own_that_only_the_owner_reads(tmp_path: Path) -> None:
    path = tmp_path / "sealing-keys"
    made = file_only_i_may_read(path, new_key)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert file_only_i_may_read(path, new_key) == made
    assert keyring().keys == Keyring.read(settings.SEALING_KEYS).keys
