"""The Spark session of every command: Delta, the native functions, settings for one machine or a cluster."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from importlib import resources
from pathlib import Path
from subprocess import DEVNULL
from typing import TYPE_CHECKING

from decantry.jobs.lake import classes
from decantry.jobs.lake.jars import class_path
from decantry.jobs.lake.log_store import log_stores
from decantry.jobs.lake.s3a import endpoint_settings, passed_on, s3a_settings
from decantry.jobs.process.interrupts import delayed_ctrl_c, handle_ctrl_c
from decantry.jobs.process.java import quiet_stderr
from decantry.jobs.process.platform import on_platform

if TYPE_CHECKING:
    from py4j.java_gateway import JavaGateway
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import SparkSession

EXTENSIONS = "io.delta.sql.DeltaSparkSessionExtension,org.decantry.DecantryExtensions"
NEEDED = {
    "spark.sql.variable.substitute": "false",
    "spark.databricks.delta.vacuum.enforceTimeTravelWithinDeletedFileRetentionDuration": "false",
}
"""Settings for platforms too. Queries and recipes' predicates must not read `${env:NAME}` from the environment. Old
versions stay readable, whatever their age (`maintain` keeps their files)."""
_LOG = "-Dlog4j2.configurationFile"
ROW_GROUP = 8 << 20
"""The size of a row group in a Parquet file, in compressed bytes. Tasks read the row groups of one file in parallel, so
the few files of a small lake keep all cores busy. By Parquet's own size of 128 MiB, a file is one task's."""
ATTEMPTS = 4
"""How often a task is tried, as on a cluster. By default a local session gives up after the first lost worker."""
JAVA_OPTIONS = (
    "-XX:+IgnoreUnrecognizedVMOptions -XX:+DisplayVMOutputToStderr -XX:ReservedCodeCacheSize=256m -XX:+UseParallelGC "
    "-XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=5000 -XX:Tier4CompileThreshold=40000"
)
"""The thresholds are about three to eight times Java's own. On a few cores, compiling code that is not very hot costs
more than it gains (docs/benchmarks.md)."""
BRIEF_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:MaxNewSize=384m"
"""For a short session: Java compiles with its quick compiler only, because the slow one would not pay off. New objects
have at most 384 MiB, which takes a seventh less memory and hardly more time (docs/benchmarks.md)."""

FEW_ROWS = {"spark.sql.adaptive.enabled": "false"}
"""Also for a short session: planning again after each shuffle starts more jobs than it saves."""


def start(
    lake: str,
    *,
    app: str = "decantry",
    cores: int | None = None,
    brief: bool = False,
    record: bool = False,
) -> SparkSession:
    """The session for `lake`: the platform's own if one is running, else a new one on this machine.

    `cores` is the number of local cores (all by default). A `brief` session has little to do. With `record`, it writes
    a class archive with which later sessions start sooner. Raises UserError if jars are missing.
    """
    from pyspark import SparkConf
    from pyspark.sql import SparkSession

    active = SparkSession.getActiveSession()
    if active is not None:
        for key, value in NEEDED.items():
            active.conf.set(key, value)
        return active
    conf = SparkConf().setAppName(app)
    conf.setAll(list(settings(lake, cores=cores, brief=brief, record=record).items()))
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    with delayed_ctrl_c():  # if Java is interrupted while it starts, it prints a hundred lines of errors later
        handle_ctrl_c(_context(conf))
    session = SparkSession.builder.config(conf=conf).getOrCreate()
    # Spark logs every exception that it passes to Python, in addition to raising it
    logging.getLogger("DataFrameQueryContextLogger").setLevel(logging.CRITICAL)
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)
    return session


def _context(conf: SparkConf) -> SparkContext:
    """Spark's context. Java's own output, such as how many files Delta removed, is kept out of standard output."""
    from pyspark import SparkConf, SparkContext

    running = SparkContext._gateway
    gateway = running or _gateway(conf)
    if not on_platform():
        given = SparkConf(_jvm=gateway.jvm)  # from spark-defaults.conf, PYSPARK_SUBMIT_ARGS, SPARK_SUBMIT_OPTS
        conf.setAll(list(log_stores(dict(given.getAll())).items()))
    return SparkContext.getOrCreate(conf) if running else SparkContext(conf=conf, gateway=gateway)


def _gateway(conf: SparkConf) -> JavaGateway:
    """The gateway to a new Java process, whose standard output is dropped."""
    from pyspark.java_gateway import launch_gateway

    stderr = quiet_stderr()
    try:
        return launch_gateway(conf, {"stdout": DEVNULL, "stderr": stderr})  # type: ignore[no-untyped-call]
    finally:
        os.close(stderr)


def settings(lake: str, *, cores: int | None = None, brief: bool = False, record: bool = False) -> dict[str, str]:
    """The Spark settings of a session for `lake`. If a platform submits the job, its own settings apply."""
    shared = {
        "spark.sql.extensions": EXTENSIONS,
        "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
        "spark.sql.session.timeZone": "UTC",
        **NEEDED,
        "spark.sql.execution.arrow.maxRecordsPerBatch": "512",
        "spark.sql.execution.arrow.maxBytesPerBatch": str(64 << 20),  # Spark 3.5 does not have this setting
        "spark.databricks.delta.optimizeWrite.binSize": "256m",  # of shuffled rows, which gives files of some 128 MB
        "spark.databricks.io.skipping.stringPrefixLength": "256",  # paths of archives begin alike
        "spark.python.sql.dataFrameDebugging.enabled": "false",  # this halves the number of calls to the JVM
        "spark.sql.parquet.compression.codec": "zstd",
        "spark.hadoop.parquet.block.size": str(ROW_GROUP),
        "spark.redaction.regex": "(?i)secret|password|token|access[._-]?key|credential|signature",
        **endpoint_settings(),
        **passed_on(os.environ),
    }
    if on_platform():
        return shared
    if lake.startswith(("s3a://", "s3://")):
        shared |= s3a_settings()
    parallelism = cores or os.cpu_count() or 2
    log_settings = resources.files("decantry.jobs") / "log4j2.properties"
    java = f"{JAVA_OPTIONS} {BRIEF_OPTIONS if brief else ''} {classes.options(class_path(), record=record)}"
    if brief:
        shared |= FEW_ROWS
    return shared | {
        "spark.master": os.environ.get("DECANTRY_MASTER", f"local[{parallelism},{ATTEMPTS}]"),
        "spark.driver.memory": "2g",
        "spark.driver.extraClassPath": os.pathsep.join(class_path()),
        "spark.driver.extraJavaOptions": f'{java} {_LOG}="{log_settings}"',
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.hadoop.fs.file.impl": "org.decantry.lake.LocalFiles",
        "spark.hadoop.fs.AbstractFileSystem.file.impl": "org.decantry.lake.LocalFilesContext",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": str(2 * parallelism),
        "spark.default.parallelism": str(2 * parallelism),
        "spark.databricks.delta.snapshotPartitions": "2",
        "spark.databricks.delta.stalenessLimit": "0",
        "spark.sql.codegen.cache.maxEntries": "1000",
        "spark.sql.sources.parallelPartitionDiscovery.parallelism": "4",
        "spark.sql.warehouse.dir": str(Path(tempfile.gettempdir()) / "decantry-warehouse"),  # Spark's own catalogue
        "spark.shuffle.compress": "true",
    }
