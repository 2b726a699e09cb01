"""A person without a mouse: goes by Tab, presses Enter and Space, and hears of each thing its role and name."""

from __future__ import annotations

import re
from typing import NamedTuple

from playwright.sync_api import Page

RING = """() => {
  const one = document.activeElement
  if (!one || one === document.body) return null
  const looks = getComputedStyle(one), after = getComputedStyle(one, "::after"), box = one.getBoundingClientRect()
  const ringed = [looks, after].some((part) => part.outlineStyle !== "none" && parseFloat(part.outlineWidth) > 0) || looks.boxShadow !== "none"
  return { ringed, seen: box.bottom > 0 && box.top < innerHeight && box.width > 0, tag: one.outerHTML.slice(0, 160) }
}"""


class Heard(NamedTuple):
    """What a screen reader says of what has the focus."""

    role: str
    name: str
    checked: bool
    field: str


class Keys:
    """Moves through one page; notes what has no name, cannot be seen, or shows no ring."""

    def __init__(self, page: Page) -> None:
        self.page, self.faults = page, []
        self.tree = page.context.new_cdp_session(page)
        self.faults: list[str] = []

    def heard(self) -> Heard:
        """Role and name as the browser's accessibility tree has them."""
        found = self.tree.send("Runtime.evaluate", {"expression": "document.activeElement"})
        asked = {"objectId": found["result"]["objectId"], "fetchRelatives": False}
        node = self.tree.send("Accessibility.getPartialAXTree", asked)["nodes"][0]
        about = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
        field = self.page.evaluate("document.activeElement?.name ?? ''")
        told = [node.get(part, {}).get("value", "") for part in ("role", "name")]
        return Heard(str(told[0]), str(told[1]), about.get("checked") in (True, "true"), str(field))

    def tab(self) -> Heard:
        self.page.keyboard.press("Tab")
        ring = self.page.evaluate(RING)
        if ring is None:
            return Heard("", "", False, "")
        one = self.heard()
        if not one.name:
            self.faults.append(f"{self.page.url}: nothing is said of {ring['tag']}")
        if not ring["ringed"] or not ring["seen"]:
            self.faults.append(f"{self.page.url}: the focus is not seen on {ring['tag']}")
        return one

    def to(self, role: str, name: str, *, most: int = 120) -> Heard:
        """Tab until that is reached; a page on which it is not found in `most` steps has lost its keyboard."""
        passed = []
        for _step in range(most):
            one = self.tab()
            if one.role == role and re.search(name, one.name):
                return one
            passed.append(f"{one.role} {one.name}"[:60])
        raise AssertionError(f"no {role} «{name}» within {most} steps from {self.page.url}: {passed}")

    def press(self, key: str = "Enter") -> None:
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
