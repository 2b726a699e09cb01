"""The only place that reads the environment, for kycuong/site/settings.py."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

VARIABLES: dict[str, tuple[str, str]] = {}
"""name → (default in words, what it does): docs/reference/settings.md is made from it."""


def env(name: str, sentence: str, *, default: str = "", shown: str = "") -> str:
    """The variable, or its default. An empty value counts as unset, as shells and service files leave it."""
    VARIABLES[name] = (shown or default or "(trống)", sentence)
    return os.environ.get(name) or default


def switch(name: str, sentence: str, *, default: bool) -> bool:
    """A variable that is on (1, true, yes, on) or off."""
    return env(name, sentence, default="1" if default else "0").lower() in {"1", "true", "yes", "on"}


def switch_if_set(name: str, sentence: str) -> bool | None:
    """A variable that is on, off, or left to what the data say."""
    text = env(name, sentence)
    return text.lower() in {"1", "true", "yes", "on"} if text else None


def whole(name: str, sentence: str, *, default: int, least: int = 1, most: int = 10**6 - 1) -> int:
    """A variable that is a whole number above zero, or from `least` to `most`."""
    text = env(name, sentence, default=str(default))
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise ImproperlyConfigured(
            f"{name}={text[:40]!r} không phải số nguyên từ {least} đến {most}; hãy sửa. / "
            f"{name} is not a whole number from {least} to {most}; mend it."
        )
    return int(text)


def usual_home() -> Path:
    """Where things are kept unless KYCUONG_HOME says otherwise: beside the sources; of a package that was installed, in the person's own folder."""
    sources = Path(__file__).resolve().parents[2]
    if (sources / "manage.py").is_file():
        return sources / "var"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "kycuong"


def surroundings() -> dict[str, str]:
    """All variables, for a process of ours that gets a few of its own over them."""
    return dict(os.environ)


def tell(name: str, value: str) -> None:
    """A variable by which a library, which knows no settings, is told something."""
    os.environ[name] = value


def one_of(name: str, sentence: str, *, choices: tuple[str, ...], default: str) -> str:
    """A variable that is one of a few words."""
    text = env(name, sentence, default=default)
    if text not in choices:
        raise ImproperlyConfigured(
            f"{name}={text[:40]!r} không phải một trong: {', '.join(choices)}; hãy sửa. / "
            f"{name} is not one of: {', '.join(choices)}; mend it."
        )
    return text
