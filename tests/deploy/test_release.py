"""`just release`, with a key of its own: what it makes verifies by the commands that the documents tell, and whatever is altered does not."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

pytestmark = [pytest.mark.look, pytest.mark.xdist_group("wheel")]
ROOT = Path(__file__).parents[2]


def shell(place: Path, *lines: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", "-euc", "\n".join(lines)], cwd=place, capture_output=True, text=True, check=False)


def told(heading: str) -> list[str]:
    """The commands of a part of RELEASING.md, without their comments."""
    text = (ROOT / "RELEASING.md").read_text(encoding="utf-8").split(f"## {heading}")[1].split("```")[1]
    return [re.sub(r"\s+# .*", "", line) for line in text.splitlines()[1:]]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What would be committed, committed in a repository of its own, so that the desk may be untidy."""
    place = tmp_path_factory.mktemp("sources")
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, check=True, capture_output=True
    ).stdout
    for name in filter(None, listed.decode().split("\0")):
        if (ROOT / name).is_file() and not name.startswith(("tests/", "benchmarks/")):
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, place / name)
    who = "git -c user.name=A -c user.email=a@example.vn"
    done = shell(place, "git init -q", "git add -A", f"{who} commit -qm All")
    assert done.returncode == 0, done.stderr
    (place / "kycuong" / "left.swp").write_text("a secret")  # git ignores it, a build from here would not
    assert shell(place, "git status --porcelain").stdout == ""
    return place


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As RELEASING.md makes it, without a passphrase."""
    place = tmp_path_factory.mktemp("key")
    make, signers = told("Once: the key")
    done = shell(place, f"{make} -N ''", signers)
    assert done.returncode == 0, done.stderr
    return place / "kycuong-release"


def release(sources: Path, *words: str) -> subprocess.CompletedProcess[str]:
    called = [sys.executable, str(sources / "requirements" / "release.py"), *words]
    return subprocess.run(called, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"})


@pytest.fixture(scope="module")
def released(sources: Path, key: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("released")
    done = release(sources, str(key), str(folder))
    assert done.returncode == 0, done.stderr
    shutil.copy(key.parent / "release-signers", folder)
    return folder


def test_it_is_five_files_that_anybody_can_check(released: Path) -> None:
    names = sorted(re.sub(r"-[\d.]+\d", "-0", path.name) for path in released.iterdir())
    made = ["SHA256SUMS", "SHA256SUMS.sig", "kycuong-0-py3-none-any.whl", "kycuong-0.tar.gz", "sbom.json"]
    assert names == sorted([*made, "release-signers"])
    done = shell(released, *told("Verify"))
    assert done.returncode == 0, done.stderr
    assert 'Good "kycuong" signature for kycuong-release' in done.stdout
    assert done.stdout.count(": OK") == 3
    guide = (ROOT / "docs" / "guide" / "upgrade.md").read_text(encoding="utf-8")
    assert all(line in guide for line in told("Verify")), "whoever upgrades is told the same"
    assert len(json.loads((released / "sbom.json").read_text(encoding="utf-8"))["components"]) > 30


def test_the_sources_are_those_that_are_committed(released: Path) -> None:
    with tarfile.open(next(released.glob("*.tar.gz"))) as archive:
        names = archive.getnames()
    top = names[0].split("/")[0]
    assert {f"{top}/run", f"{top}/LICENSE", f"{top}/deploy/systemd/kycuong-web.service"} <= set(names)
    assert not [name for name in names if "/.git/" in name or "/var/" in name or "/.venv" in name]


def test_the_wheel_holds_nothing_of_the_desk(released: Path) -> None:
    names = zipfile.ZipFile(next(released.glob("*.whl"))).namelist()
    assert "kycuong/site/cli.py" in names
    assert [name for name in names if name.endswith(".swp")] == []


def altered(folder: Path, name: str) -> None:
    path = next(folder.glob(name))
    path.write_bytes(path.read_bytes().replace(b"0", b"1", 1) + b"\n")


@pytest.mark.parametrize("name", ["*.whl", "*.tar.gz", "sbom.json", "SHA256SUMS"])
def test_what_was_altered_does_not_verify(released: Path, tmp_path: Path, name: str) -> None:
    shutil.copytree(released, tmp_path, dirs_exist_ok=True)
    altered(tmp_path, name)
    assert shell(tmp_path, *told("Verify")).returncode != 0


def test_another_key_does_not_verify(sources: Path, released: Path, tmp_path: Path) -> None:
    shutil.copytree(released, tmp_path, dirs_exist_ok=True)
    (tmp_path / "SHA256SUMS.sig").unlink()
    forged = shell(tmp_path, "ssh-keygen -q -t ed25519 -N '' -f k", "ssh-keygen -q -Y sign -n kycuong -f k SHA256SUMS")
    assert forged.returncode == 0, forged.stderr
    assert shell(tmp_path, told("Verify")[0]).returncode != 0


def test_what_is_not_committed_is_not_released(sources: Path, key: Path, released: Path, tmp_path: Path) -> None:
    (sources / "left.py").write_text("x = 1\n")
    try:
        untidy = release(sources, str(key), str(tmp_path / "a"))
    finally:
        (sources / "left.py").unlink()
    assert untidy.returncode == 2
    assert "left.py" in untidy.stderr
    assert release(sources, str(key), str(released)).returncode == 2, "a folder that holds something is left alone"
    assert release(sources, str(tmp_path / "none")).returncode == release(sources).returncode == 2
