"""The settings under test: the same, with a cheap password hash, no waiting for the disk and unhashed static files."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# A folder for each process: two runs of the suite at once must not share a database.
SCRATCH = Path(tempfile.mkdtemp(prefix="kycuong-tests-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)
worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
if "KYCUONG_HOME" not in os.environ or os.environ.get("KYCUONG_HOME_IS_OF", worker) != worker:
    # What the first process of a run made is no home for its workers: one would sweep the files of the other.
    os.environ |= {"KYCUONG_HOME": str(SCRATCH), "KYCUONG_HOME_IS_OF": worker}
os.environ.setdefault("KYCUONG_SECRET_KEY", "tests-only-" + "x" * 50)

from kycuong.site.settings import *  # noqa: E402, F403
from kycuong.site.settings import DATABASES, STORAGES, VARIABLES  # noqa: E402

__all__ = ["DATABASES", "STORAGES", "VARIABLES"]

SECOND_FACTOR, CONFIRM = "optional", False  # tests/signin asks for both; elsewhere they would hide the rest
WEBHOOK_HOSTS = frozenset({("hooks.example", None)})  # nothing is sent there: no test runs a tick of its own accord
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = SCRATCH / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns when it is not there

if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, not memory: the threads of a live server then have connections and locks of their own, as in production.
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF"
