"""The threads of a server share few heaps: what one page has freed serves the next one, on whichever thread."""

from __future__ import annotations

import subprocess
import sys

import pytest

ASKED = """
import ctypes, sys, threading
from kycuong.site.arenas import keep_few
if sys.argv[1] == "few":
    assert keep_few()
library = ctypes.CDLL(None)
library.malloc.restype, library.malloc.argtypes, library.free.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]
together = threading.Barrier(12)
def work():
    together.wait()
    kept = [library.malloc(1000) for _ in range(50)]
    together.wait()
    for one in kept:
        library.free(one)
threads = [threading.Thread(target=work) for _ in range(12)]
[one.start() for one in threads]
[one.join() for one in threads]
library.fopen.restype, library.fopen.argtypes = ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_char_p]
library.malloc_info.argtypes, library.fclose.argtypes = [ctypes.c_int, ctypes.c_void_p], [ctypes.c_void_p]
out = library.fopen(b"/dev/stdout", b"w")
library.malloc_info(0, out)
library.fclose(out)
"""
pytestmark = pytest.mark.look


def heaps(how: str) -> int:
    told = subprocess.run([sys.executable, "-c", ASKED, how], capture_output=True, text=True, check=True).stdout
    return told.count("<heap nr=")


def test_threads_share_two_heaps() -> None:
    assert heaps("as it is") > 2, "the C library gives them more unasked: otherwise this test says nothing"
    assert heaps("few") <= 2
