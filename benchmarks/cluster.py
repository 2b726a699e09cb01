"""A Spark standalone cluster on this machine alone: one master, two workers, each a process of its own, behind a secret of this run."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.postgres import free_port

HERE = "127.0.0.1"
PATIENCE = 90
"""Seconds until a process has to be up on a busy machine."""


@dataclass
class Cluster:
    """Its address for `--engine`, and what a driver needs in its environment to be let in."""

    folder: Path
    port: int = field(default_factory=free_port)
    pages: int = field(default_factory=free_port)
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    master: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"spark://{HERE}:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {"SPARK_CONF_DIR": str(self.folder / "conf"), "SPARK_LOCAL_IP": HERE}

    def begin(self) -> None:
        """Write the settings of all processes, then start the master."""
        conf = self.folder / "conf"
        conf.mkdir(mode=0o700)
        lines = ["spark.authenticate true", f"spark.authenticate.secret {secrets.token_hex(32)}"]
        lines += ["spark.executor.memory 512m", "spark.driver.memory 512m", "spark.ui.enabled false"]
        (conf / "spark-defaults.conf").touch(mode=0o600)
        (conf / "spark-defaults.conf").write_text("\n".join(lines) + "\n")
        (conf / "log4j2.properties").write_text("rootLogger.level = error\n")
        where = ("--host", HERE, "--port", str(self.port), "--webui-port", str(self.pages))
        self.master = self.started("master", "org.apache.spark.deploy.master.Master", *where)
        self.wait(0)

    def add_worker(self) -> None:
        """One more worker with one core; it is known to the master when this returns."""
        name = f"worker-{len(self.workers) + 1}"
        wants = ("--host", HERE, "--cores", "1", "--memory", "600m", "--webui-port", str(free_port()))
        place = ("--work-dir", str(self.folder / name))
        worker = self.started(name, "org.apache.spark.deploy.worker.Worker", *wants, *place, self.address)
        self.workers.append(worker)
        self.wait(sum(one.poll() is None for one in self.workers))

    def kill_worker(self) -> None:
        """The last one, with its executor, as a power cut ends them."""
        stop(self.workers[-1])

    def started(self, name: str, what: str, *words: str) -> subprocess.Popen[bytes]:
        import pyspark  # noqa: PLC0415 - only who wants a cluster needs it

        program = Path(pyspark.__file__).parent / "bin" / "spark-class"
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                [str(program), what, *words],
                env={**os.environ, **self.environment, "SPARK_DAEMON_MEMORY": "256m"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait(self, workers: int) -> None:
        """Until the master's page counts so many workers that live."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(OSError), urllib.request.urlopen(f"http://{HERE}:{self.pages}/json/", timeout=5) as page:
                if f'"aliveworkers" : {workers},' in page.read().decode():
                    return
            time.sleep(0.5)
        logs = "\n".join(path.read_text(errors="replace")[-2000:] for path in self.folder.glob("*.log"))
        raise RuntimeError(f"the cluster has no {workers} workers after {PATIENCE} s\n{logs}")

    def end(self) -> None:
        for process in (*self.workers, self.master):
            if process:
                stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """The process and what it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """A master and its workers, gone at the end."""
    made = Cluster(folder)
    try:
        made.begin()
        for _ in range(workers):
            made.add_worker()
        yield made
    finally:
        made.end()
