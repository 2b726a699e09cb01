"""The wheel: everything of the package and nothing else; installed alone it opens its pages, with its things in the person's own folder."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import sysconfig
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import free_port

pytestmark = [pytest.mark.look, pytest.mark.xdist_group("wheel")]
ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as `just release` does, without any network."""
    place = tmp_path_factory.mktemp("dist")
    called = [BIN / "uv", "build", "--offline", "--quiet", "--wheel", "--out-dir", place, ROOT]
    done = subprocess.run(called, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(place.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment that has the wheel, and beside it what the lists of requirements bring."""
    place = tmp_path_factory.mktemp("installed")
    subprocess.run([BIN / "uv", "venv", "--quiet", "--offline", "--python", sys.executable, place / "v"], check=True)
    python = place / "v" / "bin" / "python"
    subprocess.run(
        [BIN / "uv", "pip", "install", "--quiet", "--offline", "--no-deps", "--python", python, wheel], check=True
    )
    packages = next((place / "v").glob("lib/python*/site-packages"))
    (packages / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return place / "v" / "bin" / "kycuong"


def test_it_holds_the_whole_package_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if not name.endswith("/")}
    ours = [path for path in (ROOT / "kycuong").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert len(ours) > 1500
    told = {name for name in held if not name.startswith("kycuong/")}
    assert held - told == {path.relative_to(ROOT).as_posix() for path in ours}
    assert {re.sub(r"^kycuong-[\d.]+\.dist-info/", "", name) for name in told} == {
        "METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE",
    }  # fmt: skip


def surroundings(home: Path, **more: str) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("KYCUONG_", "DJANGO_", "PYTHON"))}
    return {**ours, "HOME": str(home), "XDG_DATA_HOME": "", **more}


@pytest.fixture
def served(installed: Path, tmp_path: Path) -> Iterator[str]:
    """`kycuong` without a name: it prepares, and serves an empty system."""
    port = free_port()
    given = surroundings(tmp_path, PORT=str(port), KYCUONG_DEMO="0", KYCUONG_WORKERS="1")
    with (tmp_path / "said").open("w") as said:
        server = subprocess.Popen([installed], cwd=tmp_path, env=given, stdout=said, stderr=said)
    try:
        for _time in range(600):
            assert server.poll() is None, (tmp_path / "said").read_text()
            if f"http://127.0.0.1:{port}/ " in (tmp_path / "said").read_text():
                break
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


@pytest.mark.long
def test_installed_alone_it_opens_its_pages(served: str, tmp_path: Path) -> None:
    page = urllib.request.urlopen(f"{served}/sign-in/").read().decode()
    assert "Đăng nhập" in page
    style = re.search(r'href="(/static/[^"]+\.css)"', page)
    assert style
    assert urllib.request.urlopen(served + style[1]).status == 200
    guide = urllib.request.urlopen(f"{served}/help/guide/account/").read().decode()
    assert 'id="khi-bị-khóa"' in guide
    picture = re.search(r'src="(/static/guide/[^"]+\.webp)"', guide)
    assert picture
    with urllib.request.urlopen(served + picture[1]) as answer:
        assert answer.headers["Content-Type"] == "image/webp"
    assert (tmp_path / ".local" / "share" / "kycuong" / "kycuong.sqlite3").is_file()


def test_the_demonstration_leaves_the_real_folder_and_database_alone(installed: Path, tmp_path: Path) -> None:
    """Asked with a port that is no port: it stops before it prepares, and by then has said where it would."""
    given = surroundings(
        tmp_path, PORT="none", KYCUONG_HOME=str(tmp_path / "real"), KYCUONG_DATABASE_URL="postgresql://nobody@nowhere/x"
    )
    done = subprocess.run([installed, "demo"], cwd=tmp_path, env=given, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "PORT=none" in done.stderr
    assert (tmp_path / "real-demo").is_dir()
    assert not (tmp_path / "real").exists()
