"""Telling people: called by the acts and ticks of other capabilities, in their transaction. It is no act of a person.

What is told stays in the inbox and its first line goes out by e-mail. So a notice holds only what each of its readers may
see on the day on which it is told: nothing sealed, and no name of a person concerned. Who is told of a record that not
everybody may see passes `visible`, which is asked of each person, such as
`visible=lambda person: Visit.objects.visible_to(person).filter(pk=visit.pk).exists()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from kycuong.core.clock import today
from kycuong.core.vietnamese import clean
from kycuong.orgs.models import Person, StandIn
from kycuong.orgs.queries import full_names, last_day
from kycuong.orgs.roles import ROLES

from .models import Notice

SUBJECT = 200
TEXT = 2000
KEY = 200


def tell(
    people: Iterable[Person],
    *,
    key: str,
    subject: str,
    url: str,
    text: str = "",
    due: bool = False,
    visible: Callable[[Person], bool] | None = None,
) -> int:
    """Tell each active person once, by `key`; returns how many had not been told before.

    `key` names the event, such as `conclusion.issued:0198…`; with a day in it, it may be told again on another day.
    `due` marks what is near its term or past it: some people ask for e-mail about that only.
    """
    if not (url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)):
        raise ValueError(f"{url!r} is no page of ours: a notice leads to a path")
    if not 0 < len(key) <= KEY:
        raise ValueError(f"{key!r}: a key has 1 to {KEY} characters")
    by_pk = {person.pk: person for person in people if person.is_active}
    told_before = set(Notice.objects.filter(person_id__in=by_pk, key=key).values_list("person_id", flat=True))
    readers = [person for pk, person in by_pk.items() if pk not in told_before and (visible is None or visible(person))]
    words = {"subject": shortened(subject, SUBJECT), "text": shortened(text, TEXT)}
    rows = [Notice(person=person, key=key, url=url, due=due, **words) for person in readers]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)  # two at once: the other one has told it
    return len(rows)


def tell_of_stand_in(stand_in: StandIn, what: str) -> None:
    """Both sides, and who named somebody in their place: when named, shortened, taken back, and on the first day."""
    role, place = ROLES[stand_in.role].titled, full_names({stand_in.unit_id}, today())[stand_in.unit_id]
    last = last_day(stand_in.valid_to) or stand_in.valid_to
    days = f"từ {stand_in.valid_from:%d/%m/%Y} đến hết {last:%d/%m/%Y}"
    said = {"named": "được giao", "shortened": "chỉ còn được", "recalled": "không còn", "begins": "bắt đầu"}[what]
    sides = [stand_in.principal, stand_in.person, *([stand_in.named_by] if stand_in.named_by else [])]
    tell(
        sides,
        key=f"stand-in.{what}:{stand_in.uid}" + (f":{last}" if what == "shortened" else ""),
        subject=f"{stand_in.person} {said} làm thay {stand_in.principal}: {role}, {place}",
        text=f"{days[0].upper()}{days[1:]}. Lý do: {stand_in.reason}. Mỗi việc làm thay ghi tên cả hai người.",
        url=reverse("orgs:stand_in", args=[stand_in.uid]),
    )


def shortened(text: str, length: int) -> str:
    """In one line, without what a browser or a mail would stumble over. A long name must not make an act fail."""
    line = clean(" ".join(text.split()).replace("\0", ""))
    return line if len(line) <= length else line[: length - 1] + "…"
