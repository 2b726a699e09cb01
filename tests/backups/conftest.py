"""A demonstration with kept files and an upload under way, its key and a first backup: made once, by the commands a person types."""

from __future__ import annotations

import hashlib
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.browser.served import ON_SQLITE, PRODUCT, demonstration, drop_database, environment, new_database

Run = subprocess.CompletedProcess[str]
FOLDERS = pytest.mark.look
"""About files and keys, which are the same beside either database: what is read out of one and written into one is asked beside both."""
PHOTOS = [f"tệp thứ {number} ".encode() * 4000 for number in range(5)]


@dataclass
class Installation:
    """A folder, a database, and the command line on both."""

    home: Path
    settings: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str, **more: str) -> Run:
        env = environment(self.home, KYCUONG_DEMO="0", **self.settings, **more)
        return subprocess.run([*PRODUCT, *words], env=env, capture_output=True, text=True, check=False)

    def good(self, *words: str, **more: str) -> str:
        done = self.run(*words, **more)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout


@contextmanager
def empty(home: Path) -> Iterator[Installation]:
    """A place where nothing is yet."""
    home.mkdir(parents=True, exist_ok=True)
    settings = {} if ON_SQLITE else new_database(f"restored_{secrets.token_hex(4)}")
    try:
        yield Installation(home, settings)
    finally:
        if settings:
            drop_database(settings)


def put_by(home: Path, data: bytes) -> Path:
    """A kept file, as the vault lays it down."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = home / "files" / "kept" / sha256[:2] / sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@dataclass
class Backed:
    """An installation, where its backups lie, the key that opens them, and the first backup's name."""

    here: Installation
    folder: Path
    key: Path
    public: str
    first: str

    def make(self, **more: str) -> Run:
        return self.here.run("backup", "make", str(self.folder), KYCUONG_BACKUP_KEY=self.public, **more)


@pytest.fixture(scope="package")
def backed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backed]:
    place = tmp_path_factory.mktemp("backed")
    with demonstration(place / "home") as settings:
        here = Installation(place / "home", settings)
        for photo in PHOTOS:
            put_by(here.home, photo)
        under_way = here.home / "files" / "field" / "0a" / "part"
        under_way.parent.mkdir(parents=True)
        under_way.write_bytes(b"half a photo")
        public = here.good("backup", "key", str(place / "key")).strip()
        made = Backed(here, place / "backups", place / "key", public, "")
        done = made.make()
        assert done.returncode == 0, done.stderr
        made.first = Path(done.stdout.strip()).name
        yield made
