"""The files of outputs: how they are written, and the message for an output that differs from its file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
INPUTS = FOLDER / "inputs"
COMMAND = "python -m tests.golden"
CHANGED = (
    "if that is intended, raise its version (VERSION in jobs/steps, EXTRACTORS in udfs/page/html.py, READERS or "
    f"PAGE_VERSION in jobs/ingest/versions.py), then run `{COMMAND}`"
)

Output = dict[str, dict[str, Any]]
"""The outputs by case and input."""


def missing(name: str, folder: Path = FOLDER) -> bool:
    """Whether there is no file for that kind and version."""
    return not (folder / f"{name}.json").is_file()


def wrong(name: str, output: Output, folder: Path = FOLDER) -> str | None:
    """One line about the output of `kind@VERSION` if it differs from its file, else None."""
    if missing(name, folder):
        return f"there is no output of {name} to compare with: run `{COMMAND}` and commit {name}.json"
    kept = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    now = json.loads(json.dumps(output))
    if kept == now:
        return None
    case, at = next(
        (c, i) for c in {**kept, **now} for i in {**_in(kept, c), **_in(now, c)} if _differ(kept, now, c, i)
    )
    return f"{name} gives another output than {name}.json has, first for {at} in {case}: {CHANGED}"


def keep(name: str, output: Output, folder: Path = FOLDER) -> bool:
    """Write the output where none of the name is kept; whether one was written. Raises ValueError where there is one
    that differs.
    """
    if not missing(name, folder):
        if told := wrong(name, output, folder):
            raise ValueError(told)
        return False
    (folder / f"{name}.json").write_text(_written(output), encoding="utf-8")
    return True


def _written(output: Output) -> str:
    """The output as JSON, with one line for each input."""
    cases = [
        f"{_json(case)}: {{\n" + ",\n".join(f" {_json(at)}: {_json(value)}" for at, value in values.items()) + "\n}"
        for case, values in output.items()
    ]
    return "{\n" + ",\n".join(cases) + "\n}\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _in(output: Output, case: str) -> dict[str, Any]:
    return output.get(case, {})


def _differ(kept: Output, now: Output, case: str, at: str) -> bool:
    nothing = object()
    before, after = (_in(output, case).get(at, nothing) for output in (kept, now))
    return before != after
