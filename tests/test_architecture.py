"""The shape of the code, checked. When one of these fails, either the code or the shape is wrong."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kycuong.orgs.roles import ROLES
from tests import shape

ROOT = Path(__file__).parent.parent
CODE = ROOT / "kycuong"
MODULES = [path for path in sorted(CODE.rglob("*.py")) if "migrations" not in path.parts]
SURFACES = [path for path in MODULES if {"views", "api"} & {path.stem, path.parent.name}]
TABLES = "kycuong/demo/langson/"
"""Facts of the province: as long as the province has units."""


def named(paths: list[Path]) -> list[object]:
    return [pytest.param(path, id=path.relative_to(ROOT).as_posix()) for path in paths]


def room_of(path: Path) -> shape.Room:
    capability = CODE / path.relative_to(CODE).parts[0]
    return shape.Room(other.read_text(encoding="utf-8") for other in MODULES if other.is_relative_to(capability))


ACTS = [
    path
    for path in MODULES
    if path.name == "actions.py" or path.parent.name == "actions" or path.match("orgs/history/acts.py")
]


@pytest.mark.parametrize("path", named([path for path in ACTS if not path.name.startswith("_")]))
def test_every_act_is_atomic_authorised_and_recorded(path: Path) -> None:
    assert list(shape.faults_of_acts(path.read_text(encoding="utf-8"), room_of(path))) == []


@pytest.mark.parametrize("path", named(SURFACES))
def test_pages_and_api_fetch_only_what_is_visible(path: Path) -> None:
    assert list(shape.faults_of_surface(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", named([path for path in MODULES if path.name == "models.py"]))
def test_models_do_not_override_saving(path: Path) -> None:
    assert list(shape.faults_of_models(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", named([path for path in MODULES if TABLES not in path.as_posix()]))
def test_modules_say_what_they_are_and_stay_small(path: Path) -> None:
    assert list(shape.faults_of_module(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", named(sorted(CODE.rglob("*.html"))))
def test_templates_stay_small_and_within_the_security_policy(path: Path) -> None:
    assert list(shape.faults_of_template(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", named(sorted(CODE.rglob("*.js"))))
def test_scripts_stay_small_and_safe(path: Path) -> None:
    assert list(shape.faults_of_script(path.read_text(encoding="utf-8"))) == []


def test_nothing_is_named_after_nothing() -> None:
    paths = [path.relative_to(ROOT).as_posix() for path in [*CODE.rglob("*"), *(ROOT / "tests").rglob("*")]]
    code = [path for path in paths if path.endswith((".py", ".html", ".js"))]
    assert [fault for path in code for fault in shape.fault_of_name(path)] == []


def test_every_verb_is_given_to_some_role() -> None:
    asked = {verb for path in MODULES for verb in shape.verbs_asked(path.read_text(encoding="utf-8"))}
    given = set().union(*(role.verbs for role in ROLES.values()))
    assert asked, "the product asks for no verb at all: this check reads the wrong thing"
    assert asked - given == set()


def test_every_dependency_is_used_and_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    needed = tomllib.loads(text)["project"]["dependencies"]
    told = re.findall(r'^    "([^"]+)",\s*# \S', text, re.MULTILINE)
    assert [name for name in needed if name not in told] == []
    called = {"argon2-cffi": "PasswordHasher", "psycopg[binary]": "postgresql", "django-stubs-ext": "django_stubs_ext"}
    called |= {"django-allauth": "allauth", "django-axes": "axes", "django-csp": "csp", "django-ninja": "ninja"}
    called |= {"pillow": "from PIL import", "python-docx": "from docx import", "fonttools": "from fontTools"}
    called |= {"django-template-partials": "template_partials", "pyjwt": "import jwt"}
    code = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    for name in (re.split("[><=]", requirement)[0] for requirement in needed):
        assert called.get(name, name.replace("-", "_")) in code, f"nothing uses {name}"


ACT = "@transaction.atomic\ndef sign(visit, *, by):\n    "
BAD: list[tuple[Callable[[str], Iterator[str]], str]] = [
    (shape.faults_of_surface, "Visit.objects.filter(pk=1)"),
    (shape.faults_of_surface, "get_object_or_404(Visit.objects.all(), pk=1)"),
    (shape.faults_of_surface, "connection.cursor()"),
    (shape.faults_of_surface, "visit_form.save()"),
    (shape.faults_of_models, "class Visit:\n    def save(self): ..."),
    (shape.faults_of_module, "x = 1"),
    (shape.faults_of_module, '"""It."""\n' + "x = 1\n" * 300),
    (shape.faults_of_module, '"""It."""\ndef f():\n' + "    x = 1\n" * 31),
    (shape.faults_of_template, '<p style="color: red">'),
    (shape.faults_of_template, "<style>"),
    (shape.faults_of_template, '<button onclick="go()">'),
    (shape.faults_of_template, "<script>go()</script>"),
    (shape.faults_of_template, '<img src="https://example.vn/a.png">'),
    (shape.faults_of_template, "{{ text|safe }}"),
    (shape.faults_of_template, "<p>\n" * 121),
    (shape.faults_of_script, "place.innerHTML = text"),
    (shape.faults_of_script, 'fetch("https://example.vn")'),
    (shape.faults_of_script, "eval(text)"),
    (shape.faults_of_script, 'import { one } from "./one.js"\none()'),
    (shape.fault_of_name, "kycuong/plans/utils.py"),
    (shape.fault_of_name, "kycuong/services/plans.py"),
]
BAD_ACTS = [
    "def sign(visit, *, by):\n    authorize(by)\n    record(visit)",
    "@transaction.atomic\ndef sign(visit, by):\n    authorize(by)\n    record(visit)",
    ACT + "visit.save()\n    authorize(by)\n    record(visit)",
    ACT + "authorize(by)\n    visit.save()",
    "def sign(visit):\n    _write(visit)\ndef _write(visit):\n    visit.save()",
]
GOOD_ACTS = [
    ACT + '"""Sign."""\n    authorize(by)\n    _write(visit)\ndef _write(visit):\n    visit.save()\n    record(visit)',
    "def temporary_password():\n    return secrets.token_hex()",
]


@pytest.mark.parametrize(("check", "sample"), BAD)
def test_each_check_finds_its_fault(check: Callable[[str], Iterator[str]], sample: str) -> None:
    assert list(check(sample))


@pytest.mark.parametrize("sample", BAD_ACTS)
def test_a_bad_act_is_found(sample: str) -> None:
    assert list(shape.faults_of_acts(sample, shape.Room([sample])))


@pytest.mark.parametrize("sample", GOOD_ACTS)
def test_a_good_act_is_left_alone(sample: str) -> None:
    assert list(shape.faults_of_acts(sample, shape.Room([sample]))) == []


def test_what_is_allowed_is_left_alone() -> None:
    assert list(shape.faults_of_surface("Visit.objects.visible_to(person).filter(pk=1)")) == []
    assert (
        list(shape.faults_of_template('{% url "x" %}<script type="module" src="{% static \'ui/a.js\' %}"></script>'))
        == []
    )
    assert shape.verbs_asked('V = "unit.move"\nauthorize(by, V, at=u)\ncan(p, "plan.see", at=u)') == {
        "unit.move",
        "plan.see",
    }


def test_one_module_reads_the_environment() -> None:
    readers = {
        path.relative_to(CODE).as_posix()
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"os.environ", "os.getenv"}
    }
    assert readers - {"site/environment.py", "site/wsgi.py", "site/cli.py"} == set()
