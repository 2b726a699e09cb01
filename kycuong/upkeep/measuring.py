"""Measurements in Prometheus' format: requests by kind of page, and how old what must not grow old is. No person, no record.

Each process of the server counts for itself in a file of KYCUONG_HOME/metrics; the answer adds them up.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from math import inf
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from kycuong.audit.models import AuditHead, LogCheckpoint
from kycuong.backups.store import remembered
from kycuong.core.clock import AHEAD, now
from kycuong.notices.queries import last_run

REQUESTS = Counter("kycuong_requests", "Requests answered", ["part", "method", "status"])
SECONDS = Histogram("kycuong_request_seconds", "Time to answer", ["part"], buckets=(0.05, 0.1, 0.3, 1, 3, 10, 30))
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}


class Measured:
    """Counts each request under the part of the product that answered it; never under an address, which names records."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        part = (match.namespace or match.url_name or "other") if match else "none"
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(part, method, f"{response.status_code // 100}xx").inc()
        SECONDS.labels(part).observe(time.perf_counter() - began)
        return response


def forget_processes() -> None:
    """At the start of a server: the files of processes that are gone."""
    for left in Path(settings.METRICS_FOLDER).glob("*.db"):
        left.unlink(missing_ok=True)


def exposition() -> tuple[bytes, str]:
    """Everything, and its media type."""
    folder = Path(settings.METRICS_FOLDER)
    folder.mkdir(mode=0o700, exist_ok=True)
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(folder))  # type: ignore[no-untyped-call]
    registry.register(_Now())
    return generate_latest(registry), CONTENT_TYPE_LATEST


def _age(moment: datetime) -> float:
    """Seconds; without end where nobody knows, so that an alarm for what grew old rings."""
    age = now() - moment
    return max(0.0, age.total_seconds()) if age >= -AHEAD else inf


class _Now:
    """What is asked for at the moment: ages in seconds, -1 where there was none yet, +Inf where a clock that was wrong dated it ahead."""

    def collect(self) -> Iterator[Metric]:
        try:
            head, point, run = AuditHead.objects.first(), LogCheckpoint.objects.first(), last_run()
        except DatabaseError:  # just now the rest is wanted most
            yield GaugeMetricFamily("kycuong_database_up", "Whether the database answers", value=0)
            head, point, run = None, None, None
        else:
            yield GaugeMetricFamily("kycuong_database_up", "Whether the database answers", value=1)
        backup, drill = remembered("good"), remembered("drill")
        ages = {
            "checkpoint": _age(point.made_at) if point else -1,
            "tick": _age(run) if run else -1,
            "backup": _age(backup.moment) if backup else -1,
            "drill": _age(drill.moment) if drill and not drill.fault else -1,
        }
        old = GaugeMetricFamily("kycuong_age_seconds", "Since it last went well; -1: never", labels=["what"])
        for name, seconds in ages.items():
            old.add_metric([name], seconds)
        yield old
        yield GaugeMetricFamily("kycuong_log_entries", "Entries of the log", value=head.size if head else 0)
        yield GaugeMetricFamily("kycuong_log_signed", "Entries under a checkpoint", value=point.size if point else 0)
        free = shutil.disk_usage(settings.HOME).free
        yield GaugeMetricFamily("kycuong_disk_free_bytes", "Room in KYCUONG_HOME", value=free)
