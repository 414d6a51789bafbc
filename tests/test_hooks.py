"""The hooks of .pre-commit-config.yaml call what `make dev` installs, and download nothing."""

from __future__ import annotations

import yaml

from tests.house import ROOT


def test_every_hook_calls_a_locked_tool_or_make() -> None:
    repos = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert [repo["repo"] for repo in repos] == ["local"]
    locked = (ROOT / "requirements-dev.lock").read_text()
    for hook in repos[0]["hooks"]:
        program, *arguments = hook["entry"].split()
        tool = arguments[1] if program == ".venv/bin/python" else program.removeprefix(".venv/bin/")
        package = {"lint-imports": "import-linter"}.get(tool, tool)
        assert tool == "make" or f"\n{package}==" in locked, f"{hook['id']} calls {tool}, which no lock pins"
        assert hook["language"] == "system"
        named = [argument for argument in arguments if argument.startswith("tests/")]
        assert all((ROOT / path).exists() for path in named), f"{hook['id']} names a test that is not there"
