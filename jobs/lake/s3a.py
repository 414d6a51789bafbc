"""A lake on S3: one endpoint and one set of credentials for Spark (s3a), deltalake and the archive reader."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from decantry.jobs.store.s3_client import endpoint, region
from decantry.jobs.store.s3_store import s3_remove

if TYPE_CHECKING:
    from collections.abc import Mapping

CREDENTIALS = (
    "org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider",
    "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
    "software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider",
)
"""Keys in Spark's settings, else the chain of the AWS SDK: environment, web identity, profile, container, instance."""
PASSED_ON = (
    *("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_EC2_METADATA_DISABLED"),
    *("DECANTRY_COMMONCRAWL", "DECANTRY_PRIVATE_HOSTS", "DECANTRY_S3_ACCESS", "DECANTRY_S3_REQUESTS"),
)
"""Environment variables that every process that reads archives needs; never a credential."""


def endpoint_settings() -> dict[str, str]:
    """Spark's s3a settings for a store other than AWS's; empty if none is set."""
    address = endpoint()
    if address is None:
        return {}
    secured = str(urlsplit(address).scheme == "https").lower()
    return {
        "spark.hadoop.fs.s3a.endpoint": address,
        "spark.hadoop.fs.s3a.path.style.access": "true",
        "spark.hadoop.fs.s3a.connection.ssl.enabled": secured,
    }


def s3a_settings() -> dict[str, str]:
    """Spark's s3a settings, without credentials: each process looks those up itself."""
    settings = {
        "fs.s3a.aws.credentials.provider": ",".join(CREDENTIALS),
        "fs.s3a.attempts.maximum": "10",
        "fs.s3a.retry.limit": "10",
        "fs.s3a.retry.interval": "250ms",
        "fs.s3a.retry.throttle.limit": "20",
        "fs.s3a.retry.throttle.interval": "500ms",
        "fs.s3a.connection.maximum": "64",
        "fs.s3a.threads.max": "16",
        "fs.s3a.connection.establish.timeout": "10s",
        "fs.s3a.connection.timeout": "60s",
        "fs.s3a.endpoint.region": region(),
    }
    return {f"spark.hadoop.{name}": value for name, value in settings.items()} | endpoint_settings()


def passed_on(environment: Mapping[str, str]) -> dict[str, str]:
    """Spark settings that pass this machine's variables to the executors."""
    return {f"spark.executorEnv.{name}": environment[name] for name in PASSED_ON if name in environment}


def remove(root: str) -> None:
    """Remove everything under an address on S3."""
    s3_remove("s3://" + root.split("://", 1)[1].rstrip("/") + "/")
