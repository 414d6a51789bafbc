"""The service accepts the EMR Serverless job, and the job starts a command that exists."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path
from types import ModuleType
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from decantry.jobs.lake.jars import native_jar
from decantry.jobs.lake.session import EXTENSIONS
from tests.infra.command_line import assert_command_exists

FOLDER = Path(__file__).resolve().parents[2] / "infra" / "emr"
COMMAND = ["run", "fineweb", "--input", "s3://bucket/warc.paths.gz", "--lake", "s3a://bucket/lake"]


@pytest.fixture(scope="module")
def submit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("decantry_emr_submit", FOLDER / "submit.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def request_body(submit: ModuleType) -> dict[str, Any]:
    role = "arn:aws:iam::123456789012:role/decantry"
    body = submit.job(role, "00abcdefgh", "s3://bucket/decantry", "s3://bucket/logs/", COMMAND)
    assert isinstance(body, dict)
    return body


def test_the_service_takes_the_request(submit: ModuleType, request_body: dict[str, Any]) -> None:
    client = boto3.client("emr-serverless", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    answer = {
        "applicationId": "00abcdefgh",
        "jobRunId": "00run",
        "arn": "arn:aws:emr-serverless:us-east-1:123456789012:/applications/00abcdefgh/jobruns/00run",
    }
    with Stubber(client) as stub:
        stub.add_response("start_job_run", answer, request_body)
        assert submit.submit(client, request_body) == "00run"


def test_the_job_has_the_jars_and_settings_of_a_session(request_body: dict[str, Any]) -> None:
    words = shlex.split(request_body["jobDriver"]["sparkSubmit"]["sparkSubmitParameters"])
    settings = dict(word.split("=", 1) for word in words if word != "--conf")
    assert settings["spark.sql.extensions"] == EXTENSIONS
    assert settings["spark.jars"].split(",")[-1].endswith(f"/{native_jar().name.replace('2.13', '2.12')}")
    python = settings["spark.executorEnv.PYSPARK_PYTHON"]
    assert python.removeprefix("./").split("/")[0] == settings["spark.archives"].partition("#")[2]


def test_the_image_is_named_by_who_builds() -> None:
    dockerfile = (FOLDER / "Dockerfile").read_text(encoding="utf-8")
    assert re.findall(r"^FROM (\S+)", dockerfile, flags=re.MULTILINE) == ["${BASE}", "scratch"]
    assert re.search(r"^ARG BASE$", dockerfile, flags=re.MULTILINE)  # and no default
    assert "--build-arg BASE=" in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_it_starts_a_command_that_exists(submit: ModuleType, request_body: dict[str, Any]) -> None:
    spark = request_body["jobDriver"]["sparkSubmit"]
    assert_command_exists(spark["entryPointArguments"])
    assert (FOLDER / Path(spark["entryPoint"]).name).is_file()
    assert "decantry.jobs.main import main" in (FOLDER / submit.ENTRY_POINT).read_text(encoding="utf-8")
