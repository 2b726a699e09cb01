"""Which lists there are, a list as a person asked for it, and what the person might see when a file was made."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.utils.module_loading import import_string

from kycuong.core.clock import now
from kycuong.core.legible import ensure_legible
from kycuong.core.problems import Missing
from kycuong.exports import store
from kycuong.exports.models import ListExport
from kycuong.orgs.authority import roles_held
from kycuong.orgs.models import Person
from kycuong.sheets.listing import Listed, Printed
from kycuong.ui.formats import vn_datetime

Opening = Callable[[Person, Mapping[str, str]], Listed[Any]]
NO_FILTERS = ("page", "csrfmiddlewaretoken", "list", "file", "format")
"""What an address may carry that narrows no list."""


def names() -> list[str]:
    return sorted(settings.LISTS)


def open_list(name: str, person: Person, asked: Mapping[str, str]) -> Listed[Any]:
    """The list as the person sees it now. NotAllowed where the page refuses, too."""
    path = settings.LISTS.get(name)
    if path is None:
        raise Missing(
            f"Không có danh sách nào tên «{name}». Hãy mở danh sách rồi bấm «Tải Excel».",
            en=f"There is no list called “{name}”; there are: {', '.join(names())}.",
        )
    opening: Opening = import_string(path)
    return opening(person, asked)


def filters_of(query: str) -> dict[str, str]:
    """What an address asks of a list, without what is of its page only."""
    pairs = parse_qsl(query)
    ensure_legible("utf-8", (part for pair in pairs for part in pair), b"")
    return {name: value for name, value in pairs if name not in NO_FILTERS}


def query_of(asked: Mapping[str, str]) -> str:
    """The same as an address, always in one order."""
    return urlencode(sorted((name, value) for name, value in asked.items() if value and name not in NO_FILTERS))


def printed(listed: Listed[Any], person: Person) -> Printed:
    """What stands above the rows: who, when, narrowed to what."""
    return Printed(str(person), vn_datetime(now()), listed.asked, listed.notes)


def rights_of(person: Person) -> str:
    """The roles of the day, and what else gives sight (settings.SIGHT), to be compared when a file is fetched."""
    more = [right for path in settings.SIGHT for right in import_string(path)(person)]
    return json.dumps([*sorted(map(list, roles_held(person))), *sorted(more)])


def is_still_seen(export: ListExport) -> bool:
    """Whether the owner holds every role and seat that the file was made under, and may see every row that stands in it."""
    if export.rights and not rights_in(export.rights) <= rights_in(rights_of(export.person)):
        return False
    listed = open_list(export.name, export.person, filters_of(export.query))
    keys = store.keys_of(export.uid)
    return listed.still_seen is None or listed.still_seen(keys) == len(keys)


def rights_in(text: str) -> set[Any]:
    return {tuple(right) if isinstance(right, list) else right for right in json.loads(text)}
