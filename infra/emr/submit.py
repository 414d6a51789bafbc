"""Run Decantry on EMR Serverless: `python infra/emr/submit.py --application ID --role ARN --bucket NAME ...`.

EMR 7 has Spark 3.5 with Scala 2.12 and Delta 3.3. The Python environment is an archive that is built in an image of the
release (README.md). The native jar is the wheel's jar for Scala 2.12.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

DELTA_JARS = "/usr/share/aws/delta/lib/delta-spark.jar,/usr/share/aws/delta/lib/delta-storage.jar"
NATIVE_JAR = "decantry-native_2.12.jar"
ENTRY_POINT = "main.py"
ENVIRONMENT = "environment.tar.gz"


def job(role: str, application: str, artifacts: str, logs: str, command: Sequence[str]) -> dict[str, Any]:
    """The arguments of `start_job_run` that run `decantry COMMAND...`.

    `artifacts` is the s3:// folder of the environment, the jar and the entry point, `logs` that of the logs.
    """
    python = "./environment/bin/python"
    settings = {
        "spark.archives": f"{artifacts}/{ENVIRONMENT}#environment",
        "spark.jars": f"{DELTA_JARS},{artifacts}/{NATIVE_JAR}",
        "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension,org.decantry.DecantryExtensions",
        "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "512",
        "spark.executor.memoryOverheadFactor": "0.4",
        "spark.emr-serverless.driverEnv.PYSPARK_PYTHON": python,
        "spark.emr-serverless.driverEnv.PYSPARK_DRIVER_PYTHON": python,
        "spark.emr-serverless.driverEnv.DECANTRY_HOME": "./environment/decantry",
        "spark.emr-serverless.driverEnv.EMR_RELEASE": "7",
        "spark.emr-serverless.driverEnv.MLFLOW_ALLOW_PICKLE_DESERIALIZATION": "false",
        "spark.executorEnv.MLFLOW_ALLOW_PICKLE_DESERIALIZATION": "false",
        "spark.executorEnv.PYSPARK_PYTHON": python,
        "spark.executorEnv.DECANTRY_HOME": "./environment/decantry",
    }
    return {
        "applicationId": application,
        "executionRoleArn": role,
        "name": f"decantry-{command[0]}",
        "jobDriver": {
            "sparkSubmit": {
                "entryPoint": f"{artifacts}/{ENTRY_POINT}",
                "entryPointArguments": list(command),
                "sparkSubmitParameters": " ".join(f"--conf {key}={value}" for key, value in settings.items()),
            }
        },
        "configurationOverrides": {"monitoringConfiguration": {"s3MonitoringConfiguration": {"logUri": logs}}},
    }


def submit(client: Any, request: dict[str, Any]) -> str:
    """Start the job run; its id."""
    return str(client.start_job_run(**request)["jobRunId"])


def main() -> None:
    """Read the command line and start the job."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--application", required=True, help="id of the EMR Serverless application")
    parser.add_argument("--role", required=True, help="ARN of the job's execution role")
    parser.add_argument("--bucket", required=True, help="bucket of the artifacts and the logs")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="a decantry command, e.g. run fineweb --input ...")
    options = parser.parse_args()
    if not options.command:
        parser.error("name the decantry command to run, e.g. `run fineweb --input s3://... --lake s3a://...`")
    import boto3

    request = job(
        role=options.role,
        application=options.application,
        artifacts=f"s3://{options.bucket}/decantry",
        logs=f"s3://{options.bucket}/logs/",
        command=options.command,
    )
    print(submit(boto3.client("emr-serverless"), request))


if __name__ == "__main__":
    main()
