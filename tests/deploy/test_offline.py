"""./run wheels and KYCUONG_WHEELS: a folder of packages made where there is a network, installed where there is none, and never anything else."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.look
ROOT = Path(__file__).parents[2]
LISTED = "weighing"


def made(folder: Path, name: str = LISTED) -> str:
    """A small package as a wheel; gives its hash."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-1.0-py3-none-any.whl"
    told = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}.py", "GRAMS = 1000\n")
        archive.writestr(f"{told}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(
            f"{told}/WHEEL", "Wheel-Version: 1.0\nGenerator: us\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{told}/RECORD", "")
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`run` with a list of one package, which lies in the folder `shelf`: what stands for the registry."""
    place = tmp_path_factory.mktemp("sources")
    (place / "requirements").mkdir()
    shutil.copy(ROOT / "run", place)
    shutil.copy(ROOT / "requirements" / "venv.sh", place / "requirements")
    (place / "manage.py").write_text("import weighing\nprint(weighing.GRAMS)\n")
    (place / "requirements" / "base.txt").write_text(f"{LISTED}==1.0 --hash=sha256:{made(place / 'shelf')}\n")
    subprocess.run([sys.executable, "-m", "venv", place / ".venv"], check=True)
    return place


@pytest.fixture(autouse=True)
def nothing_installed(sources: Path) -> None:
    (sources / ".venv" / "installed-base.txt").unlink(missing_ok=True)
    for path in (sources / ".venv").glob(f"lib/*/site-packages/{LISTED}*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def run(sources: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """pip knows one place, where nobody answers: whatever comes, comes from a folder."""
    unreachable = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("KYCUONG_", "PIP_"))}
    given = {**ours, **unreachable, **more}
    return subprocess.run([sources / "run", *words], capture_output=True, text=True, check=False, env=given)


@pytest.fixture
def folder(sources: Path, tmp_path: Path) -> Path:
    """What ./run wheels makes where the registry is reached."""
    done = run(sources, "wheels", str(tmp_path / "w"), PIP_FIND_LINKS=str(sources / "shelf"), PIP_NO_INDEX="1")
    assert done.returncode == 0, done.stderr
    assert "1 gói" in done.stderr
    return tmp_path / "w"


def test_what_was_filled_is_installed_without_a_network(sources: Path, folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == ["base.txt", f"{LISTED}-1.0-py3-none-any.whl"]
    done = run(sources, "figures", KYCUONG_WHEELS=str(folder))
    assert (done.returncode, done.stdout) == (0, "1000\n"), done.stderr
    assert "không dùng mạng" in done.stderr
    assert run(sources, "packages").stderr == "Các gói đã đủ. / The packages are there.\n", "and not twice"


def test_without_folder_and_network_it_says_where_to_read(sources: Path) -> None:
    done = run(sources, "help")
    assert (done.returncode, done.stdout) == (1, "")
    assert "docs/guide/install.md" in done.stderr


def test_a_file_that_was_altered_on_the_way_is_refused(sources: Path, folder: Path) -> None:
    with next(folder.glob("*.whl")).open("ab") as wheel:
        wheel.write(b"x")
    done = run(sources, "figures", KYCUONG_WHEELS=str(folder))
    assert (done.returncode, done.stdout) == (1, "")
    assert "hash" in done.stderr.lower()
    assert "một tệp đã bị sửa" in done.stderr
    assert not (sources / ".venv" / "installed-base.txt").exists()


def test_a_file_that_is_missing_is_told(sources: Path, folder: Path) -> None:
    next(folder.glob("*.whl")).unlink()
    done = run(sources, "figures", KYCUONG_WHEELS=str(folder))
    assert done.returncode == 1
    assert LISTED in done.stderr
    assert "thiếu gói cho máy này" in done.stderr


def test_a_folder_of_another_release_or_none_is_told(sources: Path, folder: Path, tmp_path: Path) -> None:
    (folder / "base.txt").write_text("other==1.0\n")
    other = run(sources, "help", KYCUONG_WHEELS=str(folder))
    nothing = run(sources, "help", KYCUONG_WHEELS=str(tmp_path / "nowhere"))
    assert (other.returncode, nothing.returncode) == (1, 1)
    assert "phiên bản khác" in other.stderr
    assert "./run wheels" in nothing.stderr


def test_what_the_registry_alters_is_no_part_of_the_folder(sources: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shutil.copytree(sources / "shelf", shelf)
    with next(shelf.glob("*.whl")).open("ab") as wheel:
        wheel.write(b"x")
    done = run(sources, "wheels", str(tmp_path / "w"), PIP_FIND_LINKS=str(shelf), PIP_NO_INDEX="1")
    assert done.returncode == 1
    assert not (tmp_path / "w" / "base.txt").exists()
    assert run(sources, "wheels").returncode == run(sources, "wheels", "--help").returncode == 2
