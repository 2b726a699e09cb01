"""What the product is made of (a software bill of materials): CycloneDX JSON of what is pinned, to a file or to the screen.

cyclonedx-py reads the pinned list; what it guesses about where packages come from is left out: no address of a registry, no path
of this machine. The hashes of a package are those that its installation is compared with.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SETS = {"base": "required", "facts": "optional", "spark": "optional"}
"""The pinned lists that an installation may hold → their scope, as CycloneDX has it."""
READ = ["-W", "ignore", "-m", "cyclonedx_py", "requirements", "--pyproject", "pyproject.toml"]


def bill() -> dict[str, Any]:
    """The bill, the same for the same list."""
    parts = {name: _read(name) for name in SETS}
    read = parts["base"]
    for name, scope in SETS.items():
        for component in parts[name]["components"]:
            component["scope"] = scope
    read["components"] = sorted(
        (one for part in parts.values() for one in part["components"]), key=lambda one: one["purl"]
    )
    for component in read["components"]:
        found = component.pop("externalReferences", [])
        component.pop("description", None)
        component["hashes"] = [one for reference in found for one in reference.get("hashes", [])]
        component["bom-ref"] = component["purl"]
    root = read["metadata"]["component"]["bom-ref"]
    read["metadata"] = {"component": read["metadata"]["component"]}
    direct = [one["bom-ref"] for one in read["components"] if one["name"].lower() in asked_for()]
    read["dependencies"] = [{"ref": root, "dependsOn": sorted(direct)}]
    return read


def _read(name: str) -> dict[str, Any]:
    written = [*READ, f"requirements/{name}.txt", "--output-reproducible", "--of", "JSON", "-o", "-"]
    done = subprocess.run([sys.executable, *written], cwd=ROOT, check=True, capture_output=True, text=True)
    read: dict[str, Any] = json.loads(done.stdout)
    return read


def asked_for() -> set[str]:
    """The packages that pyproject.toml names; the others come with them."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = [*told["project"]["dependencies"], *told["dependency-groups"]["facts"], *told["dependency-groups"]["spark"]]
    return {re.split(r"[\[<>=!~ ]", name)[0].lower() for name in named}


if __name__ == "__main__":
    text = json.dumps(bill(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "var" / "sbom.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    print(f"{target}: {text.count('bom-ref') - 1} gói / packages", file=sys.stderr)
