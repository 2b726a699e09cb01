"""What newcomers are given: forms for issues that can be read, and the words of the licence and of weaknesses where they look for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.look
ROOT = Path(__file__).parents[2]
FORMS = sorted(path for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_asks_in_two_languages_and_each_part_has_its_name(path: Path) -> None:
    form: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert form.keys() == {"name", "description", "body"}
    asked = [part for part in form["body"] if part["type"] != "markdown"]
    assert all(part["type"] in {"input", "textarea"} and part["attributes"]["label"] for part in asked)
    assert len({part["id"] for part in asked}) == len(asked)
    assert any(part.get("validations", {}).get("required") for part in asked)
    assert " · " in form["name"]


def test_who_reports_a_fault_is_led_away_from_publishing_a_weakness() -> None:
    assert "SECURITY.md" in (ROOT / ".github" / "ISSUE_TEMPLATE" / "fault.yml").read_text(encoding="utf-8")
    assert "công khai" in (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert len(FORMS) == 2


def test_who_contributes_reads_under_which_licence() -> None:
    for name in ("CONTRIBUTING.md", ".github/pull_request_template.md"):
        assert "EUPL-1.2" in (ROOT / name).read_text(encoding="utf-8"), name
