"""decantry train: train a quality classifier on judged texts, or the extractor's model on pages."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from decantry.jobs.cli.app import app
from decantry.jobs.models import register
from decantry.jobs.models.examples import examples
from decantry.jobs.models.extractor.job import Training, tracked
from decantry.jobs.models.folder import require_folder
from decantry.jobs.models.read import mapping, read
from decantry.jobs.models.train import KINDS, Trained, train
from decantry.jobs.process.errors import UserError
from decantry.jobs.tracking.store import TrackingStore, tracking_store

EXTRACTOR = "extractor"
ONLY_EXTRACTOR = {"share": "--share"}
"""The options that only `train extractor` has, by the names of their parameters."""
ONLY_CLASSIFIERS = {
    "seed": "--seed",
    "columns": "--columns",
    "positive": "--positive",
    "above": "--above",
    "backend": "--backend",
    "surface": "--surface",
    "lake": "--lake",
    "name": "--register",
    "alias": "--alias",
    "output": "--output",
}
"""The options that `train extractor` does not have."""


@app.command(name="train")
def command(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="What to train: fasttext, embedding or extractor.")],
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="JSONL, Parquet, or a Delta table's folder. For `extractor`: annotated pages or archives.",
        ),
    ],
    to: Annotated[
        Path | None, typer.Option("--to", help="The folder to write the model to. Default: models/KIND.")
    ] = None,
    folds: Annotated[int, typer.Option("--folds", help="The number of folds of the cross-validation.")] = 5,
    seed: Annotated[int, typer.Option("--seed", min=0, max=2**31 - 1, help="The seed of all random choices.")] = 1,
    columns: Annotated[
        list[str] | None, typer.Option("--columns", help="Names of columns, like text=body,label=verdict.")
    ] = None,
    positive: Annotated[str | None, typer.Option("--positive", help="The label of good texts. Default: 1.")] = None,
    above: Annotated[float | None, typer.Option("--above", help="The lowest score of a good text.")] = None,
    backend: Annotated[
        list[str] | None,
        typer.Option("--backend", help="For `embedding`: wordllama, universal or onnx:FOLDER (repeat for several)."),
    ] = None,
    surface: Annotated[
        bool, typer.Option(help="For `embedding`: also use surface features, such as the length of lines.")
    ] = True,
    share: Annotated[
        float,
        typer.Option("--share", min=0.0, max=1.0, help="For `extractor`: the share of the archives' pages to use."),
    ] = 1.0,
    lake: Annotated[str | None, typer.Option("--lake", help="Track the run in MLflow beside this lake.")] = None,
    name: Annotated[
        str | None, typer.Option("--register", help="Register the model in MLflow under this name.")
    ] = None,
    alias: Annotated[
        str | None, typer.Option("--alias", help="Move this alias to the registered model, like champion.")
    ] = None,
    output: Annotated[str, typer.Option("--output", "-o", help="text or json.")] = "text",
) -> None:
    """Train a quality classifier on judged texts, evaluate it by cross-validation, and write a model card.

    Rows have `text` and `label` or `score`. They may have `weight`, `split` (train or test), `group`, `host` or `url`.
    Near-duplicates and rows of one group stay in one fold. The AUC is printed beside the AUC of the text's length. The
    folder gets the model's file, card.md, metrics.json and two figures. Does not start Spark.

    `train extractor` trains the model with which `extractor: decantry` finds the content of a page. The labels come
    from trafilatura's text of each page; snippets that people marked take precedence. A line of annotated pages is
    `{"url": ..., "html": base64, "with_": [texts], "without": [texts]}`. The model is evaluated on hosts that it has
    not seen.

    Example: `decantry train fasttext judged.jsonl --register edu --alias champion --lake my-lake`
    """
    # Set before numpy is imported, so that sums do not depend on the number of cores.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if kind not in (*KINDS, EXTRACTOR):
        raise UserError(f"there is no kind {kind}: use {', '.join(KINDS)} or {EXTRACTOR}")
    if output not in ("text", "json"):
        raise UserError(f"--output is {output}: use text or json")
    _refuse(context, ONLY_CLASSIFIERS if kind == EXTRACTOR else ONLY_EXTRACTOR, kind)
    folder = to or Path("models") / kind
    require_folder(folder)
    if kind == EXTRACTOR:
        training = Training([str(file) for file in files], folder / "extractor.bin", share, folds)
        print(json.dumps(tracked(training, lambda line: print(line, file=sys.stderr))))
        return
    register.require_names(name, alias)
    where = _where(lake, name)
    rows, origins = read(files, mapping(columns or []))
    judged = examples(rows, positive=positive, above=above)
    made = train(kind, judged, origins, folder, folds=folds, seed=seed, backends=backend or (), with_surface=surface)
    version = None
    if where is not None:
        run = register.log(where, made)
        version = register.register(where, made, run, name, alias) if name is not None else None
    else:
        print("tracking is off: set MLFLOW_TRACKING_URI, or name a local lake with --lake", file=sys.stderr)
    if output == "json":
        print(json.dumps(made.figures() | ({} if version is None else {"registered": f"models:/{name}/{version}"})))
    else:
        _show(made)
        if version is not None:
            print(f"registered  models:/{name}/{version}" + (f", models:/{name}@{alias}" if alias else ""))


def _refuse(context: typer.Context, options: Mapping[str, str], kind: str) -> None:
    """Raise UserError if one of the options was given, because it would have no effect."""
    given = [
        flag
        for name, flag in options.items()
        if (source := context.get_parameter_source(name)) is not None and source.name == "COMMANDLINE"
    ]
    if given:
        raise UserError(f"`train {kind}` does not use {', '.join(given)}: leave it out")


def _where(lake: str | None, name: str | None) -> TrackingStore | None:
    """Where the run is tracked; None if tracking is off. Raises UserError if a model is then to be registered."""
    found = tracking_store(lake)
    if found is None and name is not None:
        raise UserError("--register needs MLflow: set MLFLOW_TRACKING_URI, or name a local lake with --lake")
    return found


def _show(made: Trained) -> None:
    result = made.result
    print(f"AUC         {result.auc:.3f} ({result.low:.3f} to {result.high:.3f}), by folds of {result.tested:,} texts")
    print("length      {:.3f} ({:.3f} to {:.3f}): the AUC of the text's length alone".format(*result.length))
    print(f"model       {made.folder / made.file}")
    print(f"sha256      {made.sha256}")
    print(f"card        {made.folder / 'card.md'}")
