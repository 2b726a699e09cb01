"""What an installation is made of: the pinned packages, why each is there, and under which licence. For docs/reference/dependencies.md."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from .home import CODE

ROOT = CODE.parent
OURS = "kycuong"


def pinned() -> list[tuple[str, str]]:
    """(name, version) of requirements/base.txt; one name may have two versions, for two Pythons."""
    text = (ROOT / "requirements" / "base.txt").read_text(encoding="utf-8")
    return re.findall(r"^([a-z0-9._-]+)(?:\[\w+\])?==(\S+)", text, re.MULTILINE)


def reasons() -> dict[str, str]:
    """Name → why pyproject.toml asks for it; what only comes with another has none."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[dependency-groups]")[0]
    return dict(re.findall(r'^    "([a-z0-9-]+)[^"]*",\s*# (\S.*)$', text, re.MULTILINE))


def licence_of(name: str) -> str:
    """As an SPDX expression."""
    if name == OURS:
        return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["license"])
    told = tomllib.loads((ROOT / "requirements" / "licences.toml").read_text(encoding="utf-8"))
    return str(told["packages"][name])


def rows() -> Iterator[list[str]]:
    """Name, versions, licence, reason: those that we ask for, then those that come with them."""
    versions: dict[str, list[str]] = {}
    for name, version in pinned():
        versions.setdefault(name, []).append(version)
    asked = reasons()
    for name in sorted(versions, key=lambda one: (one not in asked, one)):
        yield [f"`{name}`", ", ".join(versions[name]), licence_of(name), asked.get(name, "(đi kèm / comes along)")]
