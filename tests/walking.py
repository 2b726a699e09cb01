"""Every page as somebody who may open it gets it, and every form as it comes back when nothing sound was sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.test import Client

from .asking import API, ASKED, PAR, WHEN, YEARLY, values_of
from .desk import Desk
from .matrix import TABLE, WHO, Line, read
from .sides import Back, Sides
from .surface import filled

TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
LINES = [line for line in read(TABLE).values() if "+" in line.own and not line.address.startswith(API)]


class Walked(NamedTuple):
    """A page of ours. `template` is the one that it begins with."""

    address: str
    path: str
    client: Client
    status: int
    template: str
    text: str

    @property
    def title(self) -> str:
        return " ".join("".join(TITLE.findall(self.text)).split())


def pages(desk: Desk, sides: Sides, language: str = "vi") -> Iterator[Walked]:
    """One for each address, read by the first in the table who may; files and parts of pages are none.

    They are read once for all tests of a process (which share the group "pages"): each of these begins with the same things.
    """
    clients = signed_in(desk, language)
    if language not in _READ:
        _READ[language] = list(read_now(sides, clients))
    whose = {line.address: clients[reader(line)] for line in LINES if line.method == "GET"}
    yield from (one._replace(client=whose[one.address]) for one in _READ[language])


_READ: dict[str, list[Walked]] = {}


def read_now(sides: Sides, clients: dict[str, Client]) -> Iterator[Walked]:
    for line in LINES:
        if line.method == "GET":
            path, client = path_of(line, sides["own"]), clients[reader(line)]
            yield from told(line, path, client, client.get(path))


def reader(line: Line) -> str:
    """The first in the table who may."""
    return WHO[line.own.index("+")]


def refusals(desk: Desk, sides: Sides, sent: str = "", language: str = "vi") -> Iterator[Walked]:
    """Every form sent with nothing in it, or with `sent` in each of its fields. What came of it all the same is taken back."""
    clients = signed_in(desk, language)
    for line in LINES:
        if line.method == "POST" and not line.address.startswith("/sign-"):
            path, client = path_of(line, sides["own"]), clients[reader(line)]
            try:
                with transaction.atomic():
                    body = dict.fromkeys(fields(client.get(path)), sent) if sent else {}
                    answer = client.post(path, body)
                    raise Back
            except Back:
                yield from told(line, path, client, answer)


def signed_in(desk: Desk, language: str = "vi") -> dict[str, Client]:
    """Everybody, in a browser that has chosen the language."""
    clients = {who: Client(raise_request_exception=False) for who in WHO}
    for who, client in clients.items():
        if language != "vi":
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        if who != "anonymous":
            client.force_login(desk.people[who])
    return clients


def path_of(line: Line, thing: dict[str, str]) -> str:
    asked = ASKED.get(line.address, {})
    if line.thing == "scope":
        asked = {"scope": thing["lead"], **(YEARLY if line.address.startswith(PAR) else WHEN)}
    path = filled(line.address, values_of(line, thing))
    return f"{path}?{urlencode(asked)}" if asked and line.method == "GET" else path


def fields(response: Any) -> set[str]:
    """The names of what a page lets people fill in."""
    if response.streaming or not response.headers["Content-Type"].startswith("text/html"):
        return set()
    return set(re.findall(r'name="([\w-]+)"', response.content.decode())) - {"csrfmiddlewaretoken", "viewport"}


def told(line: Line, path: str, client: Client, response: Any) -> Iterator[Walked]:
    if response.streaming:
        response.getvalue()  # a file is read to its end, which closes it
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return
    text = response.content.decode()
    if text.lstrip().lower().startswith("<!doctype"):
        names = [one.name for one in response.templates if one.name]
        yield Walked(line.address, path, client, response.status_code, names[0] if names else "", text)
