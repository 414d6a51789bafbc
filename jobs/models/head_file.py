"""Reads and writes the file of a head: JSON with the backends' names, their digests, and the weights; no code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decantry.jobs.models import surface
from decantry.jobs.models.features import SURFACE, Scale
from decantry.jobs.models.head import Head
from decantry.jobs.models.linear import Line
from decantry.jobs.process.errors import UserError

if TYPE_CHECKING:
    from numpy.typing import NDArray

FORM = "decantry-head@1"


class NotAHead(UserError):
    """The file is not a head."""


def save(head: Head, digests: Mapping[str, str], path: Path) -> None:
    """Write the head; `digests` has the sha256 of each backend by its name."""
    blocks = []
    for name, scale in head.scales.items():
        made_by = {"version": surface.VERSION} if name == SURFACE else {"sha256": digests[name]}
        blocks.append({"name": name, **made_by, "mean": _plain(scale.mean), "deviation": _plain(scale.deviation)})
    content = {
        "form": FORM,
        "gives": "score" if head.scored else "probability",
        "penalty": head.penalty,
        "blocks": blocks,
        "weights": _plain(head.line.weights),
        "constant": head.line.constant,
    }
    path.write_text(json.dumps(content, indent=1) + "\n")


def load(path: Path) -> tuple[Head, dict[str, str]]:
    """The head, and the digests of its backends. Raises NotAHead, and UserError for a head of another version."""
    import numpy as np

    try:
        content = json.loads(path.read_text())
        if content["form"] != FORM:
            raise ValueError(content["form"])
        scales, digests = {}, {}
        for block in content["blocks"]:
            deviation = np.array([_wide(each) for each in block["deviation"]])
            scales[block["name"]] = Scale(np.array(block["mean"]), deviation, squared=block["name"] == SURFACE)
            if block["name"] != SURFACE:
                digests[block["name"]] = block["sha256"]
            elif block["version"] != surface.VERSION:
                raise UserError(
                    f"{path} was trained with version {block['version']} of the surface features: train it again"
                )
        line = Line(np.array(content["weights"]), float(content["constant"]))
        return Head(scales, line, float(content["penalty"]), content["gives"] == "score"), digests
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotAHead(f"{path} is not a head of the form {FORM}: {error}") from error


def _plain(row: NDArray[Any]) -> list[Any]:
    """The numbers for JSON. The infinite deviation of an ignored column becomes None."""
    return [None if abs(float(each)) == float("inf") else float(each) for each in row]


def _wide(value: float | None) -> float:
    return float("inf") if value is None else value
