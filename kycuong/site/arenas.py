"""How many heaps the allocator of the C library spreads the threads of a process over."""

from __future__ import annotations

import ctypes

M_ARENA_MAX = -8
"""As malloc.h of the GNU C library numbers it (mallopt(3))."""
ARENAS = 2


def keep_few() -> bool:
    """At most two, for this process and those it forks; whether the C library knows of it.

    Unasked, glibc gives threads up to eight heaps for each processor, and what one of them has freed serves no other: sixteen threads
    that each answer a large page now and then hold the largest page of each heap. Where threads wait for one interpreter lock anyway,
    more heaps make nothing faster. Called before threads begin. (Measured: docs/reference/nation.md, «An hour of work».)
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return bool(mallopt and mallopt(M_ARENA_MAX, ARENAS))
