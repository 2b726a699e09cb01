"""A thread keeps its file of SQLite open from page to page, and nothing that it keeps open stands in anybody's way."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.site.test_cli import ROOT, environment, run

ASKED = """
import json, os, shutil, sqlite3, sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
import django
sqlite3.sqlite_version_info = {"TRUNCATE": (3, 40, 1), "WAL": (3, 51, 3)}[sys.argv[1]]
os.environ["DJANGO_SETTINGS_MODULE"] = "kycuong.site.settings"
django.setup()
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import RequestFactory
from django.urls import path
from kycuong.site.handler import Handler
from kycuong.site import urls

def many():
    with connection.cursor() as cursor:
        cursor.execute("SELECT a.name FROM django_migrations a JOIN django_migrations b")
        yield from (str(row) for row in cursor)

@login_not_required
def failing(request):  # in the middle of what it reads
    for one in many():
        raise ValueError(one)

@login_not_required
def download(request):
    return StreamingHttpResponse(many())

urls.urlpatterns += [path("failing", failing), path("download", download)]
name = connection.settings_dict["NAME"]
connection.close()
handler = Handler()

def asked(address, read=None):
    environ = RequestFactory()._base_environ(SERVER_NAME="127.0.0.1", PATH_INFO=address)
    told = []
    response = handler(environ, lambda status, headers: told.append(status[:3]))
    for _, piece in zip(range(read or 1), response):
        pass
    response.close()
    return told[0], connection.connection

def writes():  # as another process does, which waits a moment at most
    other = sqlite3.connect(name, timeout=0.2)
    try:
        with other:
            other.execute("UPDATE orgs_unit SET slug = slug")
            other.execute("CREATE TABLE IF NOT EXISTS told (word)")
            other.execute("INSERT INTO told VALUES (1)")
        return True
    except sqlite3.OperationalError as error:
        return str(error)
    finally:
        other.close()

def both():  # a page in each of two threads
    side_by_side = Barrier(2)

    def one():
        found = asked("/readyz")[0], "here_i_am" in connection.introspection.table_names()
        connection.close_if_unusable_or_obsolete()
        side_by_side.wait()
        return found

    return [future.result() for future in [threads.submit(one), threads.submit(one)]]

said = {}
threads = ThreadPoolExecutor(2)
both()
first, again = asked("/readyz"), asked("/readyz")
kept = again[1]
said["kept"] = [first[0], again[0], kept is not None and first[1] is kept]
said["failed"] = [asked("/failing")[0], connection.connection is kept, writes()]
said["broken off"] = [asked("/download", 3)[0], connection.connection is kept, writes()]
said["beside it"] = sorted(one for one in os.listdir(os.path.dirname(name)) if one.startswith(os.path.basename(name)) and os.path.getsize(name))
shutil.copy(name, name + ".new")
other = sqlite3.connect(name + ".new")
other.execute("CREATE TABLE here_i_am (one)")
other.close()
os.replace(name + ".new", name)
after = asked("/readyz")
said["replaced"] = [after[0], after[1] is None or after[1] is not kept, "here_i_am" in connection.introspection.table_names()]
connection.close_if_unusable_or_obsolete()
other = sqlite3.connect(name)
said["both"] = [*both(), writes(), other.execute("PRAGMA integrity_check").fetchone()[0]]
other.close()
os.rename(name, name + ".away")
said["gone"] = [asked("/readyz")[0], os.path.getsize(name) < 5000]
os.replace(name + ".away", name)
back = asked("/readyz")
said["back"] = [back[0], "here_i_am" in connection.introspection.table_names()]
print(json.dumps(said))
"""
pytestmark = [pytest.mark.look, pytest.mark.xdist_group("kept connections")]  # one prepared folder for all


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("prepared")
    assert run(place, "prepare", "--tables").returncode == 0
    return place


@pytest.fixture(scope="module", params=["TRUNCATE", "WAL"])
def told(request: pytest.FixtureRequest, prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a process of the server saw that answered one page after the other; with either journal, whichever SQLite is here."""
    place = shutil.copytree(prepared, tmp_path_factory.mktemp("kept") / "home")
    done = subprocess.run(
        [sys.executable, "-c", ASKED, request.param],
        capture_output=True,
        text=True,
        check=False,
        env={**environment(place), "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return {"journal": request.param, **json.loads(done.stdout.splitlines()[-1])}


def test_the_next_page_finds_the_file_open_where_nothing_lies_beside_it_meanwhile(told: dict[str, Any]) -> None:
    assert told["kept"] == ["200", "200", told["journal"] == "TRUNCATE"]
    assert not [one for one in told["beside it"] if one.endswith(("-wal", "-shm"))]


def test_a_page_that_failed_in_the_middle_holds_no_writes_up(told: dict[str, Any]) -> None:
    assert told["failed"] == ["500", True, True]


def test_a_download_that_broke_off_holds_no_writes_up(told: dict[str, Any]) -> None:
    assert told["broken off"] == ["200", True, True]


def test_a_file_that_took_the_place_of_another_is_read_at_the_next_page_of_every_thread(told: dict[str, Any]) -> None:
    assert told["replaced"] == ["200", True, True]
    assert told["both"] == [["200", True], ["200", True], True, "ok"]


def test_a_file_that_is_gone_is_told_and_read_when_it_is_back(told: dict[str, Any]) -> None:
    assert told["gone"] == ["503", True]
    assert told["back"] == ["200", True]
