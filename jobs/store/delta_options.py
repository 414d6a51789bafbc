"""The settings with which deltalake reads S3."""

from __future__ import annotations

from urllib.parse import urlsplit

from decantry.jobs.store.s3_client import endpoint, region


def delta_options() -> dict[str, str]:
    """The storage options of deltalake. Credentials from a profile are passed with their current values."""
    import boto3

    options = {"AWS_REGION": region()}
    found = boto3.Session().get_credentials()
    if found is not None:
        now = found.get_frozen_credentials()
        options |= {"AWS_ACCESS_KEY_ID": str(now.access_key), "AWS_SECRET_ACCESS_KEY": str(now.secret_key)}
        if now.token:
            options["AWS_SESSION_TOKEN"] = str(now.token)
    if (address := endpoint()) is not None:
        options["AWS_ENDPOINT_URL"] = address
        options["AWS_ALLOW_HTTP"] = str(urlsplit(address).scheme == "http").lower()
    return options
