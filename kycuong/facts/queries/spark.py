"""Spark over the files of an export: the master and its workers read the same folder under the same path."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kycuong.core.problems import BadInput, RuleBroken
from kycuong.facts.rules import ANSWERS, TABLES, Manifest
from kycuong.facts.store import needed

QUIET = Path(__file__).with_name("quiet.properties")
"""Java of the command says nothing from its first line on: what went wrong is told by us."""
SETTINGS = {
    "spark.driver.defaultJavaOptions": f"-Dlog4j2.configurationFile={QUIET.as_uri()}",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.session.timeZone": "UTC",
    "spark.task.maxFailures": "8",
}
"""Answers of a figure are few rows: many small partitions would only cost. A task that a worker lost is tried again elsewhere."""
TYPES = {"VARCHAR": "STRING"}
WORKERS, LEAST = 60, 2
"""Seconds for a first worker; the command itself is counted as one."""
PATIENCE = 10
"""Seconds for a master to take a connection."""
GLOB = frozenset("[]{}*?\\")


class Spark:
    """One session on a cluster. Lists and days go as parameters of Spark's own."""

    name = "Spark"

    def __init__(self, master: str, place: Path, manifest: Manifest) -> None:
        self.taken_at, self.origin = manifest.taken_at, manifest.origin
        self.master = master
        ensure_plain(place)
        sql = needed("pyspark.sql", "spark")
        ensure_reached(master)
        with self.answering():
            self.session = session_on(sql, master)
            self.ensure_worked()
            for table in (*TABLES, ANSWERS):
                files = [f"file://{place / part.file}" for part in manifest.tables[table.name].parts]
                schema = ", ".join(f"{one.name} {TYPES.get(one.stored, one.stored)}" for one in table.columns)
                reader = self.session.read.schema(schema)
                frame = reader.parquet(*files) if files else self.session.createDataFrame([], schema)
                frame.createOrReplaceTempView(table.name)

    def rows(self, text: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        with self.answering():
            return [tuple(row) for row in self.session.sql(text, args=dict(values)).collect()]

    @contextlib.contextmanager
    def answering(self) -> Iterator[None]:
        """A master that is not there, a cluster that was stopped, a Java that is missing: one sentence, not a page of Java."""
        errors, gateway = needed("pyspark.errors", "spark"), needed("py4j.protocol", "spark")
        try:
            yield
        except errors.AnalysisException as error:
            if "PATH_NOT_FOUND" not in str(error):
                raise  # the text is wrong: a fault of ours
            raise silent(self.master, "PATH_NOT_FOUND") from error
        except (errors.PySparkException, gateway.Py4JError, ConnectionError) as error:
            raise silent(self.master, cause_of(error)) from error

    def ensure_worked(self) -> None:
        """Some worker gives a core and memory; without one Spark waits for ever, and we have it say nothing."""
        known, until = self.session.sparkContext._jsc.sc().getExecutorMemoryStatus, time.monotonic() + WORKERS
        while known().size() < LEAST:
            if time.monotonic() > until:
                self.close()
                raise silent(
                    self.master, "không worker nào còn nhân và bộ nhớ / no worker has a core and memory to give"
                )
            time.sleep(0.5)

    def close(self) -> None:
        self.session.stop()


def silent(master: str, cause: str) -> RuleBroken:
    return RuleBroken(
        f"Cụm Spark {master} không trả lời ({cause}). Hãy kiểm tra master, worker, Java 17 và thư mục bản xuất có ở mọi máy, rồi chạy lại.",
        en=f"The Spark cluster {master} gives no answer ({cause}). See that master, workers, Java 17 and the folder are there, then run this again.",
    )


def ensure_reached(master: str) -> None:
    """One of the masters takes a connection; Java would find out after a minute and tell it badly."""
    cause = ""
    for one in master.removeprefix("spark://").split(","):
        host, _colon, port = one.rpartition(":")
        try:
            socket.create_connection((host, int(port)), timeout=PATIENCE).close()
        except (OSError, OverflowError, UnicodeError) as error:
            cause = getattr(error, "strerror", None) or str(error)
        else:
            return
    raise silent(master, cause)


def cause_of(error: Exception) -> str:
    """The innermost of what Java says, in one line."""
    java: Any = getattr(error, "java_exception", None)
    text = str(error).strip()
    with contextlib.suppress(Exception):  # Java may be gone already
        while java.getCause() is not None:
            java = java.getCause()
        text = f"{java.getClass().getSimpleName()}: {java.getMessage()}"
    return text.splitlines()[0][:200] if text else type(error).__name__


def ensure_plain(place: Path) -> None:
    """Spark takes these signs in the name of a folder for patterns."""
    if found := GLOB & set(str(place)):
        raise BadInput(
            f"Spark không đọc được thư mục có dấu {' '.join(sorted(found))} trong tên: {place}. Hãy đổi tên thư mục.",
            en=f"Spark cannot read a folder whose name holds {' '.join(sorted(found))}: {place}. Rename it.",
        )


def session_on(sql: Any, master: str) -> Any:
    builder = sql.SparkSession.builder.master(master).appName("kycuong")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
