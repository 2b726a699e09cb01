"""Kill −9 of the whole server while people write: what was acknowledged is there, once, whole, and the log tells of it."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from tests.budget import long_run
from tests.trust.office import Office

KILLS = 100 if long_run() else 3
WRITERS = 3
TOLD = """
import json
from kycuong.inspections.models import Inspection
print(json.dumps(list(Inspection.objects.values_list("title", flat=True))))
"""


def faults(acknowledged: Iterable[str], tried: Iterable[str], kept: Iterable[str]) -> Iterator[str]:
    """Lost, doubled, or from nowhere."""
    there = Counter(kept)
    yield from (f"lost: {one}" for one in acknowledged if not there[one])
    yield from (f"{count} times: {one}" for one, count in there.items() if count > 1)
    yield from (f"nobody wrote: {one}" for one in there.keys() - set(tried))


def test_the_count_sees_what_is_lost_doubled_or_made_up() -> None:
    assert list(faults("ab", "abc", "abc")) == []
    assert list(faults("ab", "abc", "ac")) == ["lost: b"]
    assert list(faults("ab", "abc", "abb")) == ["2 times: b"]
    assert list(faults("ab", "ab", "abz")) == ["nobody wrote: z"]


def test_what_was_acknowledged_survives_the_death_of_the_server() -> None:
    with Office() as office:

        def die() -> None:
            office.kill()
            office.start()

        lost = wrong_after(office, die)
        assert lost == []
        verified = office.command("audit", "verify")
        assert verified.returncode == 0, verified.stdout + verified.stderr


def wrong_after(office: Office, die: Callable[[], None]) -> list[str]:
    """What is lost, doubled or made up after so many deaths under writers."""
    writers = [Writer(office, number) for number in range(WRITERS)]
    chance = random.Random(20261126)
    for _kill in range(KILLS):
        wait_for(writers, sum(len(one.acknowledged) for one in writers) + chance.randrange(1, 12))
        time.sleep(chance.random() / 20)
        die()
    wait_for(writers, sum(len(one.acknowledged) for one in writers) + 3)
    for one in writers:
        one.stop()
    kept = json.loads(office.python(TOLD).splitlines()[-1])
    done = [title for one in writers for title in one.acknowledged]
    tried = [title for one in writers for title in one.tried]
    print(f"{KILLS} kills, {len(done)} acknowledged of {len(tried)} tried, {len(kept)} kept")
    assert len(done) < len(tried), "some were under way when it died"
    return list(faults(done, tried, kept))


def wait_for(writers: list[Writer], count: int) -> None:
    end = time.monotonic() + 120
    while sum(len(one.acknowledged) for one in writers) < count:
        assert time.monotonic() < end, "nobody gets an answer any more"
        time.sleep(0.01)


class Writer:
    """Opens one inspection after another, and remembers which were acknowledged."""

    def __init__(self, office: Office, number: int) -> None:
        self.office, self.number, self.over = office, number, False
        self.acknowledged: list[str] = []
        self.tried: list[str] = []
        self.thread = threading.Thread(target=self.write, daemon=True)
        self.thread.start()

    def write(self) -> None:
        while not self.over:
            title = f"{self.number}-{len(self.tried)}"
            self.tried.append(title)
            body = json.dumps({"lead": "so-noi-vu", "form": "planned", "title": title})
            try:
                status, _told = self.office.ask("POST", "/api/v1/inspections", "team_head", body)
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
                continue
            if status == 201:
                self.noted(title)
            else:
                time.sleep(0.05)

    def noted(self, title: str) -> None:
        self.acknowledged.append(title)

    def stop(self) -> None:
        self.over = True
        self.thread.join(60)
