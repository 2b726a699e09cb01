"""The settings under test: the same, with a cheap password hash, no waiting for the disk and unhashed static files."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

SCRATCH = Path(tempfile.gettempdir()) / f"kycuong-tests-{os.getuid()}"
os.environ.setdefault("KYCUONG_HOME", str(SCRATCH))
os.environ.setdefault("KYCUONG_SECRET_KEY", "tests-only-" + "x" * 50)

from kycuong.site.settings import *  # noqa: E402, F403
from kycuong.site.settings import DATABASES, STORAGES, VARIABLES  # noqa: E402

__all__ = ["DATABASES", "STORAGES", "VARIABLES"]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = SCRATCH / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns when it is not there

if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, not memory: the threads of a live server then have connections and locks of their own, as in production.
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF"
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
