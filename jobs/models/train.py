"""Training: judged texts in; a model's file, its card and its figures out."""

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
from decantry.jobs.models.outcome import Outcome, measure, plan
from decantry.jobs.models.read import Origin
from decantry.jobs.models.trained import EmbeddingKind, FastTextKind, Kind
from decantry.jobs.process.errors import UserError
from decantry.jobs.setup.cache import digest
from decantry.jobs.setup.fetch import staging

FASTTEXT, EMBEDDING = "fasttext", "embedding"
KINDS = (FASTTEXT, EMBEDDING)
DEFAULT_BACKENDS = ("wordllama",)


@dataclass(frozen=True)
class Trained:
    """What came of training: figures, and a folder with the model's file, `card.md`, `metrics.json` and two SVGs."""

    kind: str
    folder: Path
    file: str
    sha256: str
    result: Outcome
    settings: dict[str, str]
    origins: list[Origin]
    judged: Examples

    def figures(self) -> dict[str, Any]:
        """The figures and the model's place, as JSON has them."""
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
    """Measure by cross-validation, train on all rows that may be trained on, and write the folder, whole or not at all.

    Raises UserError for bad input, and where a library is missing, before any training.
    """
    import numpy as np

    parts = plan(judged, folds, seed)
    model: Kind
    if kind == FASTTEXT:
        if backends:
            raise UserError("--backend is for `train embedding`: fastText learns its own vectors")
        model = FastTextKind(judged, seed)
    else:
        loaded = [backend(name) for name in dict.fromkeys(backends or DEFAULT_BACKENDS)]
        model = EmbeddingKind(judged, parts, loaded, seed, with_surface)
    result = measure(judged, parts, model.scorer, seed)
    settings = {**model.settings(), "seed": str(seed), "folds": str(int(parts.folds.max()) + 1)}
    folder = folder.absolute()
    with staging(folder.parent) as draft:
        model.write(np.flatnonzero(judged.trained), draft / model.file)
        sha256 = digest(draft / model.file)
        made = Trained(kind, folder, model.file, sha256, result, settings, origins, judged)
        (draft / "card.md").write_text(card(kind, sha256, judged, origins, result, settings))
        (draft / "metrics.json").write_text(json.dumps(made.figures(), indent=1) + "\n")
        (draft / "calibration.svg").write_text(calibration_svg(result.bins))
        (draft / "thresholds.svg").write_text(sweep_svg(result.sweep))
        folder.mkdir(parents=True, exist_ok=True)
        for file in sorted(draft.iterdir()):
            file.replace(folder / file.name)
    return made
