"""Finds a model by its name."""

from __future__ import annotations

from decantry.jobs.models.model import Model, model_at
from decantry.jobs.setup.registry import located


def model_of(named: str, sha256: str | None = None, label: str | None = None, store: str | None = None) -> Model:
    """The model, loaded once. `named`, `sha256` and `store` are as for `located`, `label` as for `model_at`.

    Raises UserError as both do.
    """
    path, own = located(named, sha256, store)
    return model_at(path, own, label, named)
