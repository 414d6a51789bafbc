"""Runs `decantry label --input` on a file of made texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.command import Answer, decantry
from tests.jobs.label.server import Server


def texts(folder: Path, count: int = 12) -> Path:
    file = folder / "texts.jsonl"
    rows = ({"id": f"doc-{number}", "text": f"Text number {number}."} for number in range(count))
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return file


def words(server: Server, file: Path, *more: str) -> list[str]:
    where = ["--endpoint", server.address, "--model", "m", "--input", str(file), "--to", str(file.parent / "l.jsonl")]
    return ["label", *where, "--parallel", "1", *more]


def label(server: Server, file: Path, *more: str) -> Answer:
    return decantry(*words(server, file, *more))


def rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text().splitlines()]
