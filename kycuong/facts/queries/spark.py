"""Spark over the files of an export: the master and its workers read the same folder under the same path."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kycuong.core.problems import RuleBroken
from kycuong.facts.rules import ANSWERS, TABLES, Manifest
from kycuong.facts.store import needed

SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.session.timeZone": "UTC",
    "spark.task.maxFailures": "8",
}
"""Answers of a figure are few rows: many small partitions would only cost. A task that a worker lost is tried again elsewhere."""
TYPES = {"VARCHAR": "STRING"}


class Spark:
    """One session on a cluster. Lists and days go as parameters of Spark's own."""

    name = "Spark"

    def __init__(self, master: str, place: Path, manifest: Manifest) -> None:
        self.taken_at, self.origin = manifest.taken_at, manifest.origin
        self.master = master
        sql = needed("pyspark.sql", "spark")
        with self.answering():
            self.session = session_on(sql, master)
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
        except errors.AnalysisException:
            raise  # the text is wrong: a fault of ours
        except (errors.PySparkException, gateway.Py4JError, ConnectionError) as error:
            cause = str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
            raise RuleBroken(
                f"Cụm Spark {self.master} không trả lời ({cause}). Hãy kiểm tra master, worker, Java 17 và thư mục bản xuất có ở mọi máy, rồi chạy lại.",
                en=f"The Spark cluster {self.master} gives no answer ({cause}). See that master, workers, Java 17 and the folder are there, then run this again.",
            ) from error

    def close(self) -> None:
        self.session.stop()


def session_on(sql: Any, master: str) -> Any:
    builder = sql.SparkSession.builder.master(master).appName("kycuong")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("FATAL")
    return session
