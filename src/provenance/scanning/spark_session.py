"""Starting or joining Spark: what is missing or does not answer is said in one line, and soon."""

from __future__ import annotations

import importlib.util
import os
import socket
import tempfile
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from provenance.errors import UsageError, missing_extra

if TYPE_CHECKING:
    from py4j.java_gateway import JavaGateway
    from pyspark.sql import SparkSession

_LOCAL = "local[*]"
_CONTEXT_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.csv.parser.columnPruning.enabled": "false",
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.files.ignoreMissingFiles": "false",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.adaptive.enabled": "false",
}
"""Column pruning would keep the CSV reader from seeing rows with too few or too many cells. What
is shuffled is one row a value and task: more parts of it, or plans in steps, only cost time."""
_ANSWER_SECONDS = 15.0
_WORKER_SECONDS = 120.0
"""Queues of a busy cluster take a while; a cluster without workers takes for ever."""
_RETRIES = 5
"""Calls of Spark Connect are repeated for about 17 s; its own 15 retries take ten minutes."""


def is_connect(master: str | None) -> bool:
    """Whether ``master`` is a Spark Connect URL."""
    return master is not None and master.startswith("sc://")


def open_session(master: str | None) -> SparkSession:
    """Start Spark or join a server, and see that it works.

    Args:
        master: ``local[*]`` (the default), ``spark://…``, ``yarn``, ``k8s://…``, or ``sc://…``
            for Spark Connect.

    Raises:
        UsageError: pyspark or Java is missing, or what ``master`` names does not answer or work.

    """
    if importlib.util.find_spec("pyspark") is None:
        raise UsageError(missing_extra("--engine spark needs", "spark"))
    # about versions of pandas, which is not used, and of settings
    warnings.filterwarnings("ignore", module=r"pyspark\.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        session = _join(str(master)) if is_connect(master) else _start(master or _LOCAL)
    if master is not None and not master.startswith("local"):
        _run_first_job(session, master)
    return session


def stop_jobs(session: SparkSession, remote: bool) -> None:
    """Stop every job that runs; its call raises. A server that is gone runs none."""
    with suppress(*failures()):
        if remote:
            session.interruptAll()
        else:
            session.sparkContext.cancelAllJobs()


def failures() -> tuple[type[Exception], ...]:
    """What calls of pyspark raise, in either kind of session."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    return (PySparkException, Py4JError, OSError)


def innermost_cause(error: BaseException) -> str:
    """One line out of Spark's account of an error, which may be pages: its innermost cause."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    causes = [line.partition(": ")[2] for line in lines if line.startswith("Caused by: ")]
    if not causes and len(lines) > 1 and lines[0].startswith("An error occurred while calling"):
        causes = [lines[1].removeprefix(": ")]
    causes = causes or [line for line in lines if line.startswith("details = ")]  # gRPC's own
    text = causes[-1] if causes else (lines or [type(error).__name__])[0]
    head, separator, message = text.partition(": ")
    is_class = separator and " " not in head and "." in head
    return (message if is_class else text).partition(" SQLSTATE: ")[0].strip()[:200]


def _start(master: str) -> SparkSession:
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import SparkSession

    _check_masters(master)
    if "SPARK_REMOTE" in os.environ:
        raise UsageError("SPARK_REMOTE is set: unset it, or give its URL as --master")
    try:
        gateway = _java()
        conf = SparkConf(loadDefaults=False).setMaster(master).setAppName("provenance scan")
        for name, value in (_CONTEXT_SETTINGS | _SETTINGS).items():
            conf.set(name, value)
        context = SparkContext(conf=conf, gateway=gateway)
        context.setLogLevel("OFF")
        return SparkSession(context)
    except failures() as error:
        raise UsageError(f"Spark does not start with {master}: {innermost_cause(error)}") from None


@cache
def _java() -> JavaGateway:
    """The one Java of this process, whose own talk does not reach the terminal."""
    from pyspark import java_gateway
    from pyspark.errors import PySparkException

    launch: Callable[..., JavaGateway] = java_gateway.launch_gateway
    with tempfile.TemporaryFile() as log:
        try:
            return launch(None, {"stderr": log})
        except PySparkException:
            log.seek(0)
            output = log.read().decode(errors="replace").strip().splitlines() or ["no word of why"]
            raise UsageError(
                f"Java does not start ({output[0][:200]}); Spark needs Java 17 or later, on PATH "
                "or in JAVA_HOME"
            ) from None


def _check_masters(master: str) -> None:
    """Spark itself would try a standalone master that refuses for a minute."""
    if not master.startswith("spark://"):
        return
    refusals = []
    for address in master.removeprefix("spark://").split(","):
        host, _, port = address.rpartition(":")
        try:
            with socket.create_connection((host.strip("[]"), int(port)), _ANSWER_SECONDS):
                return
        except ValueError:
            raise UsageError(f"{master} is no master: spark://HOST:PORT") from None
        except OSError as error:
            refusals.append(f"{address}: {error.strerror or error}")
    raise UsageError(f"no Spark master answers: {'; '.join(refusals)}")


def _join(master: str) -> SparkSession:
    try:
        import grpc
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
        from pyspark.sql.connect.client import DefaultChannelBuilder
        from pyspark.sql.connect.client.retries import DefaultPolicy
    except ImportError:
        raise UsageError(missing_extra("Spark Connect needs", "spark")) from None
    try:
        address = DefaultChannelBuilder(master)
    except (PySparkException, ValueError):
        # no more of it is said: it may hold a token
        raise UsageError(
            "--master is no Spark Connect URL: sc://HOST:PORT/;NAME=VALUE, "
            "where a = in a value is written %3D"
        ) from None
    with address.toChannel() as channel:
        try:
            grpc.channel_ready_future(channel).result(timeout=_ANSWER_SECONDS)
        except grpc.FutureTimeoutError:
            raise UsageError(f"no Spark Connect server answers at {address.endpoint}") from None
    builder = SparkSession.builder.remote(master)
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except failures() as error:
        raise UsageError(
            f"{address.endpoint} refuses a session: {innermost_cause(error)}"
        ) from None
    session.client.set_retry_policies([DefaultPolicy(max_retries=_RETRIES)])
    return session


def _run_first_job(session: SparkSession, master: str) -> None:
    """Spark itself would wait for workers for ever."""
    remote = is_connect(master)
    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(session.range(1).count)
        try:
            job.result(_WORKER_SECONDS)
        except TimeoutError:
            stop_jobs(session, remote)
            raise UsageError(
                f"no worker took a job in {_WORKER_SECONDS:.0f} s: does the cluster have workers "
                "with free cores and memory, and do they reach this machine?"
            ) from None
        except failures() as error:
            raise UsageError(f"the cluster runs no job: {innermost_cause(error)}") from None
