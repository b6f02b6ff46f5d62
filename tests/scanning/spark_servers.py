"""Spark servers on this machine, each in processes of its own, on ports that were free."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

_SECONDS = 90
JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto"
"""Starts sooner: jobs are so short that optimising their code costs more than it saves."""
_MEMORY = "512m"


def need_spark() -> Path:
    """The folder of pyspark, or skip."""
    found = importlib.util.find_spec("pyspark")
    if found is None or found.origin is None:
        pytest.skip("pyspark is absent: extra `spark`")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Java is absent")
    return Path(found.origin).parent


@contextmanager
def standalone(folder: Path, workers: int = 2) -> Iterator[str]:
    """A master and workers of one core each; gives the master's URL."""
    with ExitStack() as stack:
        master = ["org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "0"]
        url = stack.enter_context(
            _server(folder / "master.log", "spark-class", [*master, "--webui-port", "0"],
                    r"Starting Spark master at (spark://\S+)")
        )  # fmt: skip
        worker = [
            "org.apache.spark.deploy.worker.Worker", url, "--host", "127.0.0.1", "--port", "0",
            "--webui-port", "0", "--cores", "1", "--memory", "1g",
        ]  # fmt: skip
        for n in range(workers):
            arguments = [*worker, "--work-dir", str(folder / f"worker-{n}")]
            log = folder / f"worker-{n}.log"
            stack.enter_context(
                _server(log, "spark-class", arguments, "Successfully registered with master")
            )
        yield url


@contextmanager
def connect(folder: Path, master: str = "local[2]") -> Iterator[str]:
    """A Spark Connect server; gives its URL."""
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": "0",
    }
    arguments = [
        "--class", "org.apache.spark.sql.connect.service.SparkConnectServer",
        "--master", master, "--driver-memory", _MEMORY, "--executor-memory", _MEMORY,
        *(part for item in settings.items() for part in ("--conf", "=".join(item))),
        "spark-internal",
    ]  # fmt: skip
    pattern = r"Spark Connect server started at: (\S+)"
    with _server(folder / "connect.log", "spark-submit", arguments, pattern) as address:
        yield f"sc://{address}"


@contextmanager
def _server(log: Path, program: str, arguments: list[str], pattern: str) -> Iterator[str]:
    """Run until the block ends; gives the last group of what the log says when it is up."""
    command = [str(need_spark() / "bin" / program), *arguments]
    environment = {
        **os.environ,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_MASTER_OPTS": "-Dspark.master.rest.enabled=false",
        "JAVA_TOOL_OPTIONS": JAVA,
    }
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command, stdout=stream, stderr=stream, env=environment, start_new_session=True
        )
        try:
            yield _awaited(process, log, pattern)
        finally:
            # executors are of the same group
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _awaited(process: subprocess.Popen[bytes], log: Path, pattern: str) -> str:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until and process.poll() is None:
        found = re.search(pattern, log.read_text(errors="replace"))
        if found is not None:
            return found.group(found.re.groups)
        time.sleep(0.1)
    raise AssertionError(f"{log.name} does not say {pattern!r}: {log.read_text()[-2000:]}")
