"""What the server loads before it forks stays one copy for all its processes."""

from __future__ import annotations

import subprocess
import sys

import pytest

ASKED = """
import gc, os, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()
from kycuong.site.server import Server
before = gc.get_freeze_count()
Server(workers=1, when_ready=lambda: None).load()
print(before, gc.get_freeze_count())
"""
pytestmark = pytest.mark.look


def test_what_is_loaded_before_the_fork_is_never_written_by_the_collector() -> None:
    told = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True).stdout
    before, after = map(int, told.split()[-2:])
    assert before == 0
    assert after > 100_000, "objects of Django and of ours"
