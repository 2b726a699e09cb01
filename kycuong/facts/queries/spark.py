"""Spark over the files of an export: the master and its workers read the same folder under the same path."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

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
        self.taken_at = manifest.taken_at
        sql = needed("pyspark.sql", "spark")
        builder = sql.SparkSession.builder.master(master).appName("kycuong")
        for name, value in SETTINGS.items():
            builder = builder.config(name, value)
        self.session = builder.getOrCreate()
        self.session.sparkContext.setLogLevel("FATAL")
        for table in (*TABLES, ANSWERS):
            files = [f"file://{place / part.file}" for part in manifest.tables[table.name].parts]
            schema = ", ".join(f"{one.name} {TYPES.get(one.stored, one.stored)}" for one in table.columns)
            reader = self.session.read.schema(schema)
            frame = reader.parquet(*files) if files else self.session.createDataFrame([], schema)
            frame.createOrReplaceTempView(table.name)

    def rows(self, text: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.session.sql(text, args=dict(values)).collect()]

    def close(self) -> None:
        self.session.stop()
