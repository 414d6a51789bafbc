"""The policies grant no more than the jobs need."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "infra" / "iam"
POLICIES = sorted(FOLDER.glob("*.json"))
NEEDED = {
    "job": {"s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket", "s3:AbortMultipartUpload"},
    "reader": {"s3:GetObject", "s3:ListBucket"},
    "submitter": {
        "emr-serverless:StartJobRun",
        "emr-serverless:GetJobRun",
        "emr-serverless:CancelJobRun",
        "iam:PassRole",
    },
    "trust": {"sts:AssumeRole"},
}


def many(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def statements(policy: Path) -> list[dict[str, Any]]:
    document = json.loads(policy.read_text(encoding="utf-8"))
    assert document["Version"] == "2012-10-17"
    found: list[dict[str, Any]] = document["Statement"]
    return found


@pytest.mark.parametrize("policy", POLICIES, ids=lambda path: path.stem)
def test_actions_are_named_one_by_one_and_needed(policy: Path) -> None:
    actions = {action for each in statements(policy) for action in many(each["Action"])}
    assert actions == NEEDED[policy.stem]
    assert not any("*" in action or "?" in action for action in actions)
    assert not any(
        "NotAction" in each or "NotResource" in each or "NotPrincipal" in each for each in statements(policy)
    )


@pytest.mark.parametrize("policy", POLICIES, ids=lambda path: path.stem)
def test_a_wildcard_is_only_the_end_of_a_prefix_that_is_argued(policy: Path) -> None:
    argued = (FOLDER / "README.md").read_text(encoding="utf-8")
    for each in statements(policy):
        assert re.fullmatch(r"[A-Za-z]+", each["Sid"])
        for resource in many(each.get("Resource", [])) if each["Effect"] == "Allow" else []:
            assert re.fullmatch(r"arn:aws:[a-z0-9-]+:[^*]*:[^*]*:[^*]+\*?", resource), resource
            if resource.endswith("*"):
                prefix = re.sub(r"^.*?([A-Za-z_-]+)\}?/(?:gold|ops)?/?\*$", r"\1", resource)
                assert f"{prefix}/*`" in argued, f"{resource} is not argued in the README"
        if each["Action"] == "iam:PassRole":
            assert each["Condition"]["StringEquals"]["iam:PassedToService"]
        if each["Action"] == "s3:ListBucket" and each["Effect"] == "Allow":
            (operator,) = each["Condition"]
            assert operator == ("StringLike" if each["Sid"] == "ListItsLogs" else "StringLikeIfExists")
            assert each["Condition"][operator]["s3:prefix"]
        if "Principal" in each:
            assert each["Principal"] != "*" and each["Condition"]


def test_every_policy_is_in_the_readme() -> None:
    assert {path.stem for path in POLICIES} == set(NEEDED)
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(f"`{path.name}`" in text for path in POLICIES)


def test_writes_to_the_lake_use_tls() -> None:
    (deny,) = [each for each in statements(FOLDER / "job.json") if each["Effect"] == "Deny"]
    assert deny["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
