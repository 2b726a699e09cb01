"""The power is cut right after «đã lưu trên máy»: what was said lies on the disk. Only for who may mount, and with --long."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.field.client.standin import PERSON, Office, office
from tests.field.client.window import VISIT, Phone
from tests.field.faults.harness import Chrome

MEGABYTES = 160


@contextmanager
def mounted(image: Path, at: Path) -> Iterator[Path]:
    """The image as a disk that waits half a minute before it writes what nobody insists on."""
    at.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop,commit=30", str(image), str(at)], check=True)
    try:
        yield at
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


def phone_on(chrome: Chrome) -> Phone:
    return Phone(chrome.page())


@pytest.mark.long
@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a disk of its own")
def test_F14_power_cut_after_saved(playwright: Playwright, tmp_path: Path) -> None:
    image, copy = tmp_path / "disk.img", tmp_path / "copy.img"
    with image.open("wb") as file:
        file.truncate(MEGABYTES * 1024 * 1024)
    subprocess.run(["mkfs.ext4", "-q", str(image)], check=True)
    with office() as server:
        with mounted(image, tmp_path / "disk") as disk, Chrome(playwright, disk / "chrome", server.url) as chrome:
            said = said_and_cut(chrome, image, copy)
        with mounted(copy, tmp_path / "after") as disk, Chrome(playwright, disk / "chrome", server.url) as chrome:
            phone = phone_on(chrome)
            assert phone.unlock(PERSON)
            assert [op["op_id"] for op in phone.do("return log.mine(given)", VISIT)] == said
            ensure_sent(phone, server)


def said_and_cut(chrome: Chrome, image: Path, copy: Path) -> list[str]:
    """Say things, and take the disk as it is in that very moment."""
    phone = phone_on(chrome)
    phone.begin(PERSON)
    said = [phone.say("t/strengths", f"chữ {n}")["op_id"] for n in range(5)]
    photo = phone.photo()
    subprocess.run(["cp", "--sparse=always", str(image), str(copy)], check=True)
    ops = phone.do("return log.mine(given)", VISIT)
    assert [op["op_id"] for op in ops][:5] == said
    assert ops[5]["field"] == f"m/{photo['media_id']}"
    return [op["op_id"] for op in ops]


def ensure_sent(phone: Phone, server: Office) -> None:
    assert phone.sync() == "sent"
    assert len(server.ops) == 6
    assert all(len(held) == server.value(media_id)["size"] for media_id, held in server.media.items())  # type: ignore[index]
