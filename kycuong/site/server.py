"""The WSGI server, in the process that prepared: gunicorn with a few processes and threads."""

from __future__ import annotations

import errno
import gc
import socket
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connections
from django.utils.module_loading import import_string
from gunicorn.app.base import BaseApplication

from kycuong.core.problems import BadInput, RuleBroken
from kycuong.field.actions import start_checking
from kycuong.notices.tasks import background

from .arenas import keep_few
from .handler import Handler


def process_count() -> int:
    if settings.WORKERS.isdecimal() and int(settings.WORKERS) > 0:
        return int(settings.WORKERS)
    raise BadInput(
        f"KYCUONG_WORKERS={settings.WORKERS} không phải số tiến trình; hãy viết một số từ 1 trở lên.",
        en=f"KYCUONG_WORKERS={settings.WORKERS} is no number of processes; write 1 or more.",
    )


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn carries no types
    """Gunicorn without its own command line. Threads, because a browser opens connections that it may never use."""

    def __init__(self, *, workers: int, when_ready: Callable[[], None]) -> None:
        keep_few()
        self.workers = workers
        self.when_ready = when_ready
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": f"{settings.ADDRESS}:{settings.PORT}",
            "workers": self.workers,
            "worker_class": "kycuong.site.foyer.Worker",
            "threads": 16,
            "preload_app": True,
            "timeout": 120,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": lambda arbiter: self.when_ready(),
            "post_worker_init": lambda worker: begin(),
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Handler:
        connections.close_all()  # a connection must not be shared by the processes that fork from this one
        return shared(Handler())


def shared(handler: Handler) -> Handler:
    """The handler, and all that is loaded by now is never looked through for garbage again.

    Looking through it writes into every object, so that each process that forks from this one would soon hold a copy of its own
    (measured: docs/reference/nation.md, «An hour of work»).
    """
    gc.collect()
    gc.freeze()
    return handler


def begin() -> None:
    """What each process does beside its pages: the tick, whose turn the database tells, and looking at photos that came in."""
    background.start()
    start_checking()
    for path in settings.BESIDE:
        import_string(path)()


def ensure_port_is_free() -> None:
    """Say at once, in words, that the port is taken, before minutes of preparation."""
    try:
        port = int(settings.PORT)
        with socket.socket(socket.AF_INET6 if ":" in settings.ADDRESS else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((settings.ADDRESS.strip("[]"), port))
    except (ValueError, OverflowError):
        raise BadInput(
            f"PORT={settings.PORT} không phải số cổng; hãy viết một số từ 1 đến 65535.",
            en=f"PORT={settings.PORT} is not a port; write a number from 1 to 65535.",
        ) from None
    except OSError as error:
        raise port_problem(error) from None


def port_problem(error: OSError) -> RuleBroken:
    where = f"{settings.ADDRESS}:{settings.PORT}"
    if error.errno == errno.EADDRINUSE:
        return RuleBroken(
            f"Cổng {settings.PORT} đang có chương trình khác dùng; hãy chọn cổng khác, ví dụ PORT=8010 ./run.",
            en=f"Another program uses port {settings.PORT}; choose another one, such as PORT=8010 ./run.",
        )
    return RuleBroken(
        f"Không mở được {where} ({error.strerror}); hãy chọn địa chỉ hoặc cổng khác.",
        en=f"Cannot listen on {where} ({error.strerror}); choose another address or port.",
    )
