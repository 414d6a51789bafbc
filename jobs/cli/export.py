"""decantry export: write a corpus as files for training."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from decantry.jobs.cli.app import LakeOption, QuietOption, RecipeArgument, app
from decantry.jobs.cli.context import open_lake
from decantry.jobs.cli.recipe_of import recipe_of
from decantry.jobs.explore.export.job import Request, export
from decantry.jobs.explore.export.output import output_of
from decantry.jobs.explore.export.sizes import size_of
from decantry.jobs.explore.export.tokenizer import tokenizer_of
from decantry.jobs.lake.address import canonical, is_catalog
from decantry.jobs.lake.commits.corpora import recorded_without_spark
from decantry.jobs.lake.live import live
from decantry.jobs.lake.usable import require_usable
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.progress import Progress
from decantry.jobs.process.terminal import counted

FORMS = ("parquet", "jsonl", "hf")
_LICENSE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,63}")


@app.command(name="export")
def command(
    recipe: RecipeArgument,
    lake: LakeOption,
    to: Annotated[str, typer.Option("--to", help="The format: parquet, jsonl, or hf (Parquet with a dataset card).")],
    output: Annotated[str, typer.Option("--output", "-o", help="A new folder, or s3a://BUCKET/PATH.")],
    shard_size: Annotated[
        str, typer.Option("--shard-size", help="The size of a shard's text, uncompressed.")
    ] = "512MB",
    seed: Annotated[int, typer.Option("--seed", min=-(2**63), max=2**63 - 1, help="The seed of the shuffle.")] = 0,
    compression: Annotated[
        str | None, typer.Option("--compression", help="With --to jsonl: gz or zst. Default: gz.")
    ] = None,
    tokenizer: Annotated[
        Path | None, typer.Option("--tokenizer", metavar="FILE", help="Add token ids by this tokenizer.json.")
    ] = None,
    end: Annotated[
        str | None,
        typer.Option(
            "--end-of-document", metavar="TOKEN", help="The token that ends a document. Default: the tokenizer's own."
        ),
    ] = None,
    annotations: Annotated[
        bool, typer.Option("--annotations", help="Add verdicts and scores of all documents.")
    ] = False,
    license: Annotated[
        str, typer.Option("--license", help="The licence on the dataset card, as Hugging Face names it, like odc-by.")
    ] = "other",
    quiet: QuietOption = False,
) -> None:
    """Write a published corpus as shuffled shards of even size, with a manifest of checksums.

    The same seed puts the same documents into the same shards. `--to hf` adds a dataset card and Croissant metadata;
    `datasets.load_dataset` opens the folder. `--tokenizer` adds token ids in Megatron's layout (`.bin` and `.idx`).
    `--annotations` adds a table that joins Common Crawl's columnar index by `warc_filename, warc_record_offset`.
    If the command fails, it leaves no files.

    Example: `decantry export fineweb --to hf --output fineweb-hf --lake my-lake`
    """
    if to not in FORMS:
        raise UserError(f"--to is {to}: use {', '.join(FORMS[:-1])} or {FORMS[-1]}")
    if compression is not None and to != "jsonl":
        raise UserError(f"--compression is only for --to jsonl, and --to is {to}: leave it out")
    form = (compression or "gz") if to == "jsonl" else "parquet"
    if form not in ("gz", "zst", "parquet"):
        raise UserError(f"--compression is {form}: use gz or zst")
    if end is not None and tokenizer is None:
        raise UserError("--end-of-document needs --tokenizer: name the tokenizer's file, too")
    if _LICENSE.fullmatch(license) is None:
        raise UserError(f"--license is {license[:100]}: use a name like odc-by or apache-2.0")
    size = size_of(shard_size)
    require_usable(lake, write=False)
    resolved = recipe_of(recipe, lake)
    if not is_catalog(canonical(lake)) and not live(recorded_without_spark(lake), resolved.recipe):
        raise UserError(f"{resolved.recipe} is not published in {lake}: run `decantry curate {resolved.recipe}` first")
    model = None if tokenizer is None else tokenizer_of(tokenizer, end)
    asked = Request(output_of(output), to, form, size, seed, license, model, annotations)
    progress = Progress(quiet)
    progress.tell("starting Spark")
    opened = open_lake(lake, write=False)
    with progress.watching(opened.spark):
        made = export(opened, resolved, asked, tell=progress.tell)
    shards = sum(file.kind == "rows" for file in made.files)
    size = sum(file.bytes for file in made.files)
    documents = counted(made.total.documents, "document")
    contents = f"{documents}, {counted(shards, 'shard')}, {size / 1e6:,.1f} MB"
    print(f"{made.publication}: {asked.target} ({contents})")
