"""Every page, as whoever may open it sees it: named, accessible, inside its window, in light and in dark.

Each run looks at half of the templates, one page for each; --long at every page, and at what comes back of every form.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

import pytest
from django.test import Client
from playwright.sync_api import Browser

from tests.browser.answered import HERE, answered
from tests.browser.axe import check_page
from tests.budget import few, long_run
from tests.desk import Desk
from tests.sides import Sides
from tests.walking import Walked, pages, refusals

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.xdist_group("pages")]
PHONE = "/field/"
"""Its screens are made in the browser: tests/browser/test_field.py looks at them."""
PARTS = 4
H1 = re.compile(r"<h1\b")
NAMELESS = re.compile(
    r"<(?:a|button)\b(?![^>]*aria-label)[^>]*>\s*(?:<svg(?:(?!<title|</svg>).)*</svg>\s*)?</(?:a|button)>", re.DOTALL
)


def once_each(walked: Iterable[Walked]) -> list[Walked]:
    """One page for each template, the first; with --long every page."""
    found = [one for one in walked if one.address != PHONE]
    return found if long_run() else list({one.template: one for one in reversed(found)}.values())


def look(browser: Browser, walked: list[Walked]) -> list[str]:
    """What is wrong with each, told together."""
    wrong, now = [], [Client()]
    texts = {one.path: one for one in walked if one.status != 200}
    with answered(browser, lambda path: now[0], shown={path: one.text for path, one in texts.items()}) as page:
        for one in walked:
            now[0] = one.client
            try:
                check_page(page, HERE + one.path)
            except AssertionError as found:
                wrong.append(f"{one.address} ({one.template}): {found}")
    return wrong


@pytest.mark.parametrize("part", few(range(PARTS), 2))
def test_every_page_is_accessible_and_fits_in_light_and_in_dark(
    desk: Desk, sides: Sides, browser: Browser, part: int
) -> None:
    wrong = look(browser, once_each(pages(desk, sides))[part::PARTS])
    assert not wrong, "\n".join(wrong)


@pytest.mark.long
def test_every_form_that_comes_back_is_accessible(desk: Desk, sides: Sides, browser: Browser) -> None:
    wrong = look(browser, [one for one in refusals(desk, sides) if one.status != 200])
    assert not wrong, "\n".join(wrong)


def test_every_page_has_one_heading_and_a_title_of_its_own(desk: Desk, sides: Sides) -> None:
    walked = [one for one in pages(desk, sides) if one.address != PHONE]
    assert [f"{one.address}: {len(H1.findall(one.text))}" for one in walked if len(H1.findall(one.text)) != 1] == []
    titles: dict[str, list[str]] = defaultdict(list)
    for one in walked:
        titles[one.title].append(one.address)
    assert {title: where for title, where in titles.items() if len(where) > 1 or not title.split("·")[0].strip()} == {}
    assert [f"{one.address}: {found[0]}" for one in walked if (found := NAMELESS.findall(one.text))] == []
