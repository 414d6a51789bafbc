"""Trains a classifier on judged texts, and writes the model's file, its card and its figures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from decantry.jobs.models.backends.choice import backend
from decantry.jobs.models.card import card
from decantry.jobs.models.examples import Examples
from decantry.jobs.models.figures import calibration_svg, sweep_svg
from decantry.jobs.models.folder import require_folder
from decantry.jobs.models.outcome import Outcome, measure, plan
from decantry.jobs.models.read import Origin
from decantry.jobs.models.trained import EmbeddingKind, FastTextKind, Kind
from decantry.jobs.process.errors import UserError
from decantry.jobs.setup.cache import digest
from decantry.jobs.setup.fetch import staging

FASTTEXT, EMBEDDING = "fasttext", "embedding"
KINDS = (FASTTEXT, EMBEDDING)
DEFAULT_BACKENDS = ("wordllama",)
CALIBRATION = "calibration.svg"


@dataclass(frozen=True)
class Trained:
    """The result of a training: metrics, and a folder with the model's file, `card.md`, `metrics.json` and SVGs."""

    kind: str
    folder: Path
    file: str
    sha256: str
    result: Outcome
    settings: dict[str, str]
    origins: list[Origin]
    judged: Examples

    @property
    def files(self) -> list[str]:
        """The files of the folder in the order in which they are written: the model first, the card last."""
        drawn = ["thresholds.svg"] if self.result.scored else [CALIBRATION, "thresholds.svg"]
        return [self.file, "metrics.json", *drawn, "card.md"]

    def figures(self) -> dict[str, Any]:
        """The metrics and the path of the model, for JSON. Models of scores have no calibration error."""
        result = self.result
        return {
            "kind": self.kind,
            "auc": result.auc,
            "auc_low": result.low,
            "auc_high": result.high,
            "length_auc": result.length[0],
            "length_auc_low": result.length[1],
            "length_auc_high": result.length[2],
            "fold_aucs": result.fold_aucs,
            "calibration_error": result.calibration_error,
            "tested": result.tested,
            "families": result.groups,
            "model": str(self.folder / self.file),
            "sha256": self.sha256,
        }


def train(
    kind: str,
    judged: Examples,
    origins: list[Origin],
    folder: Path,
    *,
    folds: int,
    seed: int,
    backends: Sequence[str] = (),
    with_surface: bool = True,
) -> Trained:
    """Evaluate by cross-validation, train on all training rows, and write the folder.

    Files in the folder are only replaced when all new files are complete. Raises UserError, before any training, for
    bad input, for a folder that cannot be written to, and if a library is missing.
    """
    import numpy as np

    require_folder(folder)
    parts = plan(judged, folds, seed)
    model: Kind
    if kind == FASTTEXT:
        if backends:
            raise UserError(
                "--backend is only for `train embedding`, because fastText learns its own vectors: leave it out"
            )
        model = FastTextKind(judged, seed)
    else:
        loaded = [backend(name) for name in dict.fromkeys(backends or DEFAULT_BACKENDS)]
        model = EmbeddingKind(judged, parts, loaded, seed, with_surface)
    result = measure(judged, parts, model.scorer, seed, scored=kind == EMBEDDING and judged.scored)
    settings = {**model.settings(), "seed": str(seed), "folds": str(int(parts.folds.max()) + 1)}
    folder = folder.absolute()
    with staging(folder) as draft:
        model.write(np.flatnonzero(judged.trained), draft / model.file)
        sha256 = digest(draft / model.file)
        made = Trained(kind, folder, model.file, sha256, result, settings, origins, judged)
        text = card(kind, sha256, judged, origins, result, settings)
        (draft / "card.md").write_text(text, encoding="utf-8")
        (draft / "metrics.json").write_text(json.dumps(made.figures(), indent=1) + "\n", encoding="utf-8")
        (draft / CALIBRATION).write_text(calibration_svg(result.bins), encoding="utf-8")
        (draft / "thresholds.svg").write_text(sweep_svg(result.sweep), encoding="utf-8")
        for file in made.files:
            (draft / file).replace(folder / file)
        if CALIBRATION not in made.files:
            (folder / CALIBRATION).unlink(missing_ok=True)  # left by a model of another kind
    return made
