"""Known weaknesses of what is pinned for an installation, with the sets that it may add, by pip-audit. Exit code 0 only when every package was looked up.

`-s osv` asks another list of weaknesses. Arguments are passed on.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASKED = "--strict --disable-pip --require-hashes --progress-spinner off --format json".split()
SETS = ("base", "facts", "spark")


def main(*given: str) -> int:
    """Say what was found, or plainly that nothing was."""
    asked = [
        sys.executable,
        "-m",
        "pip_audit",
        *ASKED,
        *(word for name in SETS for word in ("-r", f"requirements/{name}.txt")),
        *given,
    ]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        looked_up = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        sys.stderr.write("".join(done.stderr.splitlines(keepends=True)[-1:]))
        sys.stderr.write(
            "Không tra được danh sách điểm yếu đã biết, nên chưa gói nào được kiểm tra. Hãy chạy lại ở nơi có mạng, hoặc thêm: -s osv\n"
            "The list of known weaknesses could not be read, so no package was examined. Run this where there is a network, or add: -s osv\n"
        )
        return 2
    weak = [(one, flaw) for one in looked_up for flaw in one.get("vulns", [])]
    unknown = [one["name"] for one in looked_up if "skip_reason" in one]
    for one, flaw in weak:
        mended = ", ".join(flaw["fix_versions"]) or "?"
        sys.stderr.write(f"{one['name']} {one['version']}: {flaw['id']} → {mended}\n")
    for name in unknown:
        sys.stderr.write(f"{name}: không tra được / could not be looked up\n")
    sys.stderr.write(f"{len(looked_up)} gói, {len(weak)} điểm yếu / packages, weaknesses\n")
    return 1 if weak or unknown or done.returncode else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
