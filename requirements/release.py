"""A release of what is committed: wheel, sources, bill of materials, SHA256SUMS and its signature by an SSH key, in one folder.

`just release KEYFILE [FOLDER]`. Nothing is sent anywhere; whoever publishes copies the folder. RELEASING.md says what to do before and after.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMESPACE = "kycuong"
"""What the signature is good for: a signature of the same key under anything else does not verify."""
UV = Path(sys.executable).with_name("uv")


def main(words: list[str]) -> int:
    if not 1 <= len(words) <= 2 or words[0].startswith("-"):
        return refused("Hãy viết: just release TỆP_KHÓA [THƯ_MỤC] / Write: just release KEYFILE [FOLDER]")
    key, folder = Path(words[0]).resolve(), Path(words[1] if len(words) == 2 else ROOT / "dist").resolve()
    if not key.is_file():
        return refused(f"Không thấy khóa {key}; ssh-keygen -t ed25519 -f {key} tạo một khóa. / There is no key {key}.")
    if changed := told("git", "status", "--porcelain"):
        return refused(f"Còn thay đổi chưa ghi vào git, nên không phát hành. / Not everything is committed:\n{changed}")
    if folder.exists() and any(folder.iterdir()):
        return refused(f"{folder} không trống; hãy chọn thư mục khác. / {folder} is not empty; choose another one.")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        make(folder, key)
    except subprocess.CalledProcessError as error:
        return refused(f"{error.cmd[0]}: {error.stderr or error.returncode}")
    print(f"{folder}: {', '.join(sorted(path.name for path in folder.iterdir()))}")
    return 0


def make(folder: Path, key: Path) -> None:
    """Each part from what is committed; the checksums over all of them; the signature over the checksums."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    sources = folder / f"kycuong-{version}.tar.gz"
    told("git", "archive", "--format=tar.gz", f"--prefix=kycuong-{version}/", f"--output={sources}", "HEAD")
    with tempfile.TemporaryDirectory() as place, tarfile.open(sources) as archive:
        # Out of what is committed, not from the desk: what git ignores there would come along.
        archive.extractall(place, filter="data")
        whole = Path(place) / f"kycuong-{version}"
        told(str(UV), "build", "--offline", "--quiet", "--wheel", "--out-dir", str(folder), str(whole))
    (folder / ".gitignore").unlink(missing_ok=True)  # uv leaves one where it builds
    told(sys.executable, str(ROOT / "requirements" / "bill.py"), str(folder / "sbom.json"))
    parts = sorted(folder.iterdir())
    sums = "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in parts)
    (folder / "SHA256SUMS").write_text(sums, encoding="ascii")
    told("ssh-keygen", "-q", "-Y", "sign", "-n", NAMESPACE, "-f", str(key), str(folder / "SHA256SUMS"))


def told(*called: str) -> str:
    return subprocess.run(called, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def refused(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
