"""What comes along may be combined with what we wrote: requirements/licences.toml against what each installed package says of itself."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest

from kycuong.site.made_of import licence_of, pinned

ROOT = Path(__file__).parent.parent
TABLE = tomllib.loads((ROOT / "requirements" / "licences.toml").read_text(encoding="utf-8"))
PACKAGES: dict[str, str] = TABLE["packages"]
FAMILIES = {
    "Apache-2.0": "Apache",
    "BSD-2-Clause": "BSD",
    "BSD-3-Clause": "BSD",
    "GPL-3.0-or-later": "GPL",
    "LGPL-3.0-only": "LGPL",
    "MIT": "MIT",
    "MIT-0": "MIT",
    "MIT-CMU": "MIT",
    "MPL-2.0": "MPL|Mozilla",
    "PSF-2.0": "PSF|Python Software Foundation",
}
"""SPDX → how a package may call it in older metadata."""
EVERY = re.compile(r"Apache|BSD|AGPL|LGPL|GPL|MIT|MPL|Mozilla|PSF|Python Software Foundation|Proprietary|SSPL|EPL|CDDL")


def parts(expression: str) -> set[str]:
    return set(re.split(r" (?:AND|OR) |[()]", expression)) - {""}


def says(found: Distribution) -> str:
    """What the package says of itself: the expression, else the field and the classifiers of older metadata."""
    if expression := found.metadata.get("License-Expression"):
        return str(expression)
    classifiers = [one for one in found.metadata.get_all("Classifier") or [] if one.startswith("License ::")]
    return " ".join([(found.metadata.get("License") or "")[:60], *classifiers]).strip()


def faults(name: str, expression: str, said: str) -> list[str]:
    """Where our table and the package differ; nothing when they agree."""
    wrong = [f"{one} is not allowed" for one in parts(expression) - {*TABLE["allowed"]}]
    if not said:
        return wrong + ([] if name in TABLE["silent"] else [f"{name} names no licence: read it, and say where"])
    known = [one for one in parts(expression) if re.search(FAMILIES.get(one, "$^"), said)]
    strange = {one for one in EVERY.findall(said) if not any(re.search(FAMILIES[each], one) for each in known)}
    return wrong + ([] if known and not strange else [f"{name} says {said}, we say {expression}"])


def test_every_package_is_told_and_no_other() -> None:
    assert {name for name, _version in pinned()} == PACKAGES.keys()


@pytest.mark.parametrize("name", sorted(PACKAGES))
def test_each_says_of_itself_what_we_say(name: str) -> None:
    try:
        found = distribution(name)
    except PackageNotFoundError:
        assert name == "tzdata", "for Windows only"
        return
    assert faults(name, PACKAGES[name], says(found)) == []


def test_a_licence_that_changed_or_does_not_fit_is_found() -> None:
    assert faults("x", "MIT", "MIT") == []
    assert faults("x", "MIT", "AGPL-3.0-only")
    assert faults("x", "MIT", "MIT AND AGPL-3.0-only")
    assert faults("x", "AGPL-3.0-only", "AGPL-3.0-only")
    assert faults("x", "MIT", "")
    assert faults("x", "LicenseRef-Own", "Proprietary")


def test_ours_is_said_in_every_place_alike() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    notice = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert told["license"] == "EUPL-1.2" == licence_of("kycuong")
    assert "Licensed under the EUPL\nSPDX-License-Identifier: EUPL-1.2\n" in notice
    for name in ("README.md", "README.vi.md"):
        assert "EUPL-1.2" in (ROOT / name).read_text(encoding="utf-8"), name
    for path in re.findall(r"docs/\S+?\.md", notice):
        assert (ROOT / path).is_file(), path
