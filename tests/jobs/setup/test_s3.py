"""The pinned jars read and write Delta tables on S3."""

from __future__ import annotations

from collections.abc import Iterator

import boto3
import pytest
from moto.server import ThreadedMotoServer
from pyspark.sql import SparkSession

BUCKET = "decantry-lake"


@pytest.fixture
def s3_lake(spark: SparkSession) -> Iterator[str]:
    """A bucket on a server of this machine, that the session's s3a:// reaches; the URI of a lake in it."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
    boto3.client("s3", endpoint_url=f"http://{host}:{port}", **keys).create_bucket(Bucket=BUCKET)
    settings = {
        "endpoint": f"http://{host}:{port}",
        "endpoint.region": "us-east-1",
        "path.style.access": "true",
        "access.key": "test",
        "secret.key": "test",
    }
    for key, value in settings.items():
        spark.conf.set(f"fs.s3a.bucket.{BUCKET}.{key}", value)
    yield f"s3a://{BUCKET}/lake"
    for key in settings:
        spark.conf.unset(f"fs.s3a.bucket.{BUCKET}.{key}")
    server.stop()


def test_delta_tables_live_on_s3(spark: SparkSession, s3_lake: str) -> None:
    path = f"{s3_lake}/silver/documents"
    rows = spark.range(1000).selectExpr("cast(id as string) as id", "repeat('text ', 20) as text")
    rows.repartition(2).write.format("delta").save(path)
    rows.limit(10).write.format("delta").mode("append").save(path)
    assert spark.read.format("delta").load(path).count() == 1010
    assert spark.read.format("delta").option("versionAsOf", 0).load(path).count() == 1000
