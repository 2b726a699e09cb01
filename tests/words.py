"""Every word of pages that goes through gettext, read from the sources as they stand: no gettext tools are needed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import django
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[1] / "kycuong"
CALLS = re.compile(r"\b(?:gettext|ngettext|_)\((?=[u'\"])")

Said = tuple[str, str]
"""What is said of one, and of several where that is said apart."""


def said_in_sources() -> dict[Said, str]:
    """Each with a file that says it."""
    found: dict[Said, str] = {}
    for path in sorted([*ROOT.rglob("*.py"), *ROOT.rglob("*.html")]):
        words = _of_python if path.suffix == ".py" else _of_template
        for said in words(path.read_text(encoding="utf-8")):
            found.setdefault(said, str(path.relative_to(ROOT)))
    return found


def _of_python(source: str) -> Iterator[Said]:
    if "utils.translation" not in source and "translation." not in source:
        return
    tree = ast.parse(source)
    one, several = {"gettext", "gettext_lazy", "gettext_noop"}, {"ngettext", "ngettext_lazy"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.utils.translation"):
            for name in node.names:
                (one if name.name in one else several if name.name in several else set()).add(name.asname or name.name)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if called in one and texts:
                yield texts[0], ""
            elif called in several and len(texts) > 1:
                yield texts[0], texts[1]


def _of_template(source: str) -> Iterator[Said]:
    """Django rewrites a template as calls of gettext, for its own extraction; these are read."""
    plain = templatize(source)
    for found in CALLS.finditer(plain):
        texts = list(_texts(plain[found.end() :]))
        yield texts[0], texts[1] if found[0].startswith("ngettext") else ""


def _texts(rest: str) -> Iterator[str]:
    """The one or two texts that a call begins with."""
    text = re.compile(r"""\s*u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*,?""", re.DOTALL)
    at = 0
    while found := text.match(rest, at):
        yield ast.literal_eval(found[1])
        at = found.end()


# ------------------------------------------------------------------------------------------------ the catalogue

CATALOGUE = ROOT / "ui" / "locale" / "en" / "LC_MESSAGES" / "django.po"
HEAD = """# English for the words of pages, whose msgids are Vietnamese. `just words` adds what is new and compiles.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Language: en\\n"
"""
LINE = re.compile(r'^(msgid|msgid_plural|msgstr|msgstr\[0\]|msgstr\[1\]) "(.*)"$', re.MULTILINE)


def written(path: Path = CATALOGUE) -> dict[Said, tuple[str, ...]]:
    """What the catalogue says: one text, or two where one and several are said apart."""
    found: dict[Said, tuple[str, ...]] = {}
    for entry in path.read_text(encoding="utf-8").split("\n\n")[1:]:
        said = {name: ast.literal_eval(f'"{text}"') for name, text in LINE.findall(entry)}
        meant = tuple(text for name, text in said.items() if name.startswith("msgstr"))
        found[said["msgid"], said.get("msgid_plural", "")] = meant
    return found


def write(meant: dict[Said, tuple[str, ...]], where: dict[Said, str]) -> None:
    """One line for each text, by the file that says it first: so that a change is a line of a diff."""
    entries = [_entry(said, meant[said], where[said]) for said in sorted(meant, key=lambda said: (where[said], said))]
    CATALOGUE.write_text("\n".join([HEAD, *entries]), encoding="utf-8")


def _entry(said: Said, meant: tuple[str, ...], place: str) -> str:
    lines = [f"#: {place}", f"msgid {_quoted(said[0])}"]
    if said[1]:
        lines.append(f"msgid_plural {_quoted(said[1])}")
        lines += [f"msgstr[{i}] {_quoted(text)}" for i, text in enumerate(meant)]
    else:
        lines.append(f"msgstr {_quoted(meant[0])}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def needed() -> dict[Said, str]:
    """What the catalogue should hold. What is said of one alone and also with its plural is one entry, with both."""
    said = said_in_sources()
    plural = {one for one, several in said if several}
    return {pair: place for pair, place in said.items() if pair[1] or pair[0] not in plural}


def main() -> None:
    """Bring the catalogue up to the sources: what is new stands there with no English yet, what is gone is dropped."""
    known = written() if CATALOGUE.exists() else {}
    where = needed()
    write({said: known.get(said, ("", "") if said[1] else ("",)) for said in where}, where)


if __name__ == "__main__":
    django.setup()
    main()
