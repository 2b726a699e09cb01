"""The rules of the house as functions: source text in, faults out. Each is shown a bad sample in test_architecture.py."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

BANNED_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "services",
    "service",
    "managers",
    "manager",
    "base",
    "misc",
}
WRITES = {"save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create"}
VERBS_ASKED = {"authorize", "can", "units_where", "scope", "scopes_of", "roles_with", "places_over"} | {
    "holders",
    "holders_by_unit",
}
RAW = {"raw", "cursor", "_base_manager", "_default_manager"}
Function = ast.FunctionDef


class Room:
    """The functions of one capability, by name, so that a call can be followed through its modules."""

    def __init__(self, sources: Iterable[str]) -> None:
        self.functions: dict[str, list[Function]] = {}
        for source in sources:
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, Function):
                    self.functions.setdefault(node.name, []).append(node)

    def reaches(self, start: Function, wanted: set[str]) -> bool:
        """Whether the function, or one that it calls, calls one of the names."""
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            called = names_called(waiting.pop())
            if called & wanted:
                return True
            fresh = called - seen
            seen |= fresh
            waiting += [function for name in fresh for function in self.functions.get(name, [])]
        return False


def faults_of_acts(source: str, room: Room) -> Iterator[str]:
    """An act: atomic, `by` by keyword, authorised first, recorded. Whatever else is public here must not write."""
    for function in ast.parse(source).body:
        if not isinstance(function, Function) or function.name.startswith("_"):
            continue
        atomic = not {"act", "transaction.atomic"}.isdisjoint(map(ast.unparse, function.decorator_list))
        by = "by" in [argument.arg for argument in function.args.kwonlyargs]
        if not atomic and not by:
            if room.reaches(function, WRITES):
                yield f"{function.name} writes, but is no act: it lacks @act and by="
            continue
        if not (atomic and by):
            yield f"{function.name} needs both @act and the keyword by="
        if "authorize" not in names_called(first_statement(function)):
            yield f"{function.name} must begin with authorize(...)"
        if not room.reaches(function, {"record", "record_many"}):
            yield f"{function.name} leaves no entry in the log"


def faults_of_surface(source: str) -> Iterator[str]:
    """Pages and the API fetch only what is visible, and never let a form write."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in RAW:
            yield f"line {node.lineno}: {ast.unparse(node)}"
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner = node.func.value
        if isinstance(owner, ast.Attribute) and owner.attr == "objects" and node.func.attr != "visible_to":
            yield f"line {node.lineno}: {ast.unparse(node.func)} (only .objects.visible_to)"
        if node.func.attr == "save" and "form" in ast.unparse(owner).lower():
            yield f"line {node.lineno}: {ast.unparse(node.func)} (an action writes, not a form)"


def faults_of_models(source: str) -> Iterator[str]:
    """No save() of our own: what happens on saving stands in an action."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and any(
            isinstance(item, Function) and item.name == "save" for item in node.body
        ):
            yield f"{node.name}.save is overridden"


def faults_of_module(source: str) -> Iterator[str]:
    """A module says in its first line what it is; it stays under 300 lines, its functions under 30."""
    tree = ast.parse(source)
    if tree.body and not ast.get_docstring(tree):
        yield "no docstring"
    if len(source.splitlines()) > 300:
        yield f"{len(source.splitlines())} lines"
    for node in ast.walk(tree):
        if isinstance(node, Function) and lines_of(node) > 30:
            yield f"{node.name} has {lines_of(node)} lines"


def faults_of_template(source: str) -> Iterator[str]:
    """The security policy allows no inline script or style; what is escaped stays escaped."""
    if len(source.splitlines()) > 120:
        yield f"{len(source.splitlines())} lines"
    for what, pattern in (
        ("a style attribute", r"<[^>]*\sstyle\s*="),
        ("a style element", r"<style"),
        ("an event handler", r"<[^>{%]*\son[a-z]+\s*="),
        ("an inline script", r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")"),
        ("another host", r"(?:src|href)\s*=\s*[\"'](?:https?:)?//"),
        ("an escape undone", r"\|\s*safe\b|autoescape off"),
    ):
        if re.search(pattern, source):
            yield what


def faults_of_script(source: str) -> Iterator[str]:
    """A module of the browser: short, with nothing that runs text as code or asks another host."""
    if len(source.splitlines()) > 300:
        yield f"{len(source.splitlines())} lines"
    for what, pattern in (
        ("innerHTML", r"\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write"),
        ("eval", r"\beval\(|new Function"),
        ("another host", r"[\"'`]https?://(?!www\.w3\.org/)"),
        ("an import without its semicolon, which Django would not rewrite", r"(?m)^import\b[^;\n]*[\"']\.[^;\n]*$"),
    ):
        if re.search(pattern, source):
            yield what


def fault_of_name(path: str) -> Iterator[str]:
    for part in re.split(r"[/.]", path):
        if part.strip("_") in BANNED_NAMES:
            yield f"{path}: call it after what it is about, not “{part}”"


def verbs_asked(source: str) -> set[str]:
    """The noun.verb strings that the module asks the authority for."""
    tree = ast.parse(source)
    names = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in VERBS_ASKED:
            values = [*node.args, *(keyword.value for keyword in node.keywords)]
            texts = [value.value if isinstance(value, ast.Constant) else names.get(name_of(value)) for value in values]
            found |= {text for text in texts if isinstance(text, str) and re.fullmatch(r"[a-z_]+\.[a-z_]+", text)}
    return found


def lines_of(function: Function) -> int:
    """The lines of the body: a long list of named parameters is no complication."""
    return (function.end_lineno or 0) - function.body[0].lineno + 1


def names_called(node: ast.AST) -> set[str]:
    return {name_of(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)}


def name_of(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def first_statement(function: Function) -> ast.stmt:
    has_docstring = ast.get_docstring(function) is not None
    return function.body[1 if has_docstring and len(function.body) > 1 else 0]
