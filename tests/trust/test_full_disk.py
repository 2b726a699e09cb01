"""The disk is full while people write: each is told so in words, nothing acknowledged is lost, and with room again it goes on.

A file may not grow beyond a limit of the process (RLIMIT_FSIZE): for a database this is a full disk, and it needs no root.
"""

from __future__ import annotations

import functools
import json
import resource

import pytest

from tests.trust.office import Office
from tests.trust.test_kills import TOLD, faults

ROOM = 96 * 1024


def opened(office: Office, title: str) -> tuple[int, bytes]:
    body = json.dumps({"lead": "so-noi-vu", "form": "planned", "title": title})
    return office.ask("POST", "/api/v1/inspections", "team_head", body)


@pytest.mark.look
def test_a_full_disk_refuses_in_words_and_loses_nothing() -> None:
    with Office(database={}) as office:
        done = [title for title in ("a", "b") if opened(office, title)[0] == 201]
        office.kill()
        limit = max(path.stat().st_size for path in office.home.rglob("*.sqlite3")) + ROOM
        office.start(preexec_fn=functools.partial(resource.setrlimit, resource.RLIMIT_FSIZE, (limit, limit)))
        tried, refused = list(done), []
        while len(refused) < 5:
            title = f"full-{len(tried)}"
            tried.append(title)
            status, told = opened(office, title)
            if status == 201:
                done.append(title)
            else:
                refused.append((status, json.loads(told)["detail"]))
            assert len(tried) < 3000, "the disk never was full"
        assert {status for status, _words in refused} <= {503, 507}
        assert all("chưa được ghi" in words for _status, words in refused)
        page = office.ask(
            "POST",
            "/inspections/new/",
            "team_head",
            "lead=so-noi-vu",
            **{"Content-Type": "application/x-www-form-urlencoded"},
        )
        assert page[0] in (403, 422, 503, 507)
        assert office.ask("GET", "/inspections/", "team_head")[0] == 200, "reading goes on"
        assert office.ask("GET", "/healthz")[0] == 200
        office.kill()
        office.start()
        assert opened(office, "after")[0] == 201
        kept = json.loads(office.python(TOLD).splitlines()[-1])
        print(f"{len(done)} acknowledged, {len(refused)} refused: {sorted({status for status, _words in refused})}")
        assert list(faults([*done, "after"], [*tried, "after"], kept)) == []
        assert len(done) < len(tried)
        assert office.command("audit", "verify").returncode == 0
