"""The export job: write a published corpus as files, completely or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from decantry.jobs.explore.export import gather
from decantry.jobs.explore.export.annotations import annotated
from decantry.jobs.explore.export.card import card
from decantry.jobs.explore.export.contents import Contents, Tokens
from decantry.jobs.explore.export.croissant import croissant
from decantry.jobs.explore.export.files import ENDINGS
from decantry.jobs.explore.export.manifest import manifest
from decantry.jobs.explore.export.place import Place, export_to
from decantry.jobs.explore.export.rows import ANNOTATIONS_ROWS, survey, write_annotations, write_corpus
from decantry.jobs.explore.export.shards import shards
from decantry.jobs.explore.export.sink import Sink
from decantry.jobs.explore.export.write import File, Writing
from decantry.jobs.lake.forgotten import forgotten_keys
from decantry.jobs.lake.publications import Publication, publications
from decantry.jobs.process.errors import InfrastructureError, UserError
from decantry.jobs.process.terminal import counted
from decantry.jobs.recipe.load import parse
from decantry.schemas.corpus import table_name

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.explore.export.tokenizer import Tokenizer
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe


@dataclass(frozen=True)
class Request:
    """The options of an export. `target` is from `output_of`, `form` a key of ENDINGS, `shard_size` in bytes."""

    target: str
    to: str
    form: str
    shard_size: int
    seed: int
    license: str
    tokenizer: Tokenizer | None = None
    annotations: bool = False


def export(lake: Lake, recipe: Recipe, asked: Request, *, tell: Callable[[str], None] = lambda line: None) -> Contents:
    """Write the recipe's current publication, and return what the files contain.

    The export reads the version of the corpus that is current at the start. Raises UserError if nothing is published,
    and InfrastructureError if files cannot be written or if pages are forgotten meanwhile; then no file is left.
    """
    forgotten = forgotten_keys(lake)
    publication, version, corpus = _pinned(lake, recipe.recipe)
    published = [publication.crawls[crawl] for crawl in sorted(publication.crawls)]
    newest = max(published, key=lambda each: each.corpus_version)
    if newest.definition:
        recipe = parse(newest.definition, f"{recipe.recipe} in {lake.uri}")
    tell(f"counting {publication.name}")
    found = survey(corpus, asked.seed)
    if not found.buckets:
        raise UserError(f"{publication.name} has no documents: there is nothing to export")
    divided = shards(found.buckets, asked.shard_size)
    with export_to(asked.target, lake.run_id) as made:
        tell(f"writing {counted(found.total.documents, 'document')} in {counted(divided.count, 'shard')}")
        writing = Writing(made.place, divided.count, ENDINGS[asked.form], asked.form, tokenizer=asked.tokenizer)
        files = write_corpus(corpus, asked.seed, divided, writing)
        _require_all(files, found.total.documents, divided.count)
        if asked.annotations:
            tell("writing annotations")
            count = max(1, -(-sum(each.documents for each in published) // ANNOTATIONS_ROWS))
            writing = Writing(made.place, count, "parquet", "parquet", "annotations", "annotations/verdicts")
            files += write_annotations(annotated(lake, recipe, published, corpus), writing)
        tell("writing the card and the manifest")
        contents = Contents(
            recipe=recipe.recipe,
            title=recipe.title,
            references=tuple(recipe.reference),
            definition=newest.definition or "",
            recipe_hash=newest.recipe_hash,
            extractor=recipe.text.extractor,
            publication=publication.name,
            corpus_version=version,
            published_at=publication.at,
            code=str((lake.about or {}).get("code", "")),
            license=asked.license,
            to=asked.to,
            seed=asked.seed,
            shard_size=asked.shard_size,
            total=found.total,
            judged=sum(each.documents for each in published),
            languages=found.languages,
            sources=gather.sources(lake, published, found.crawls),
            steps=gather.steps(lake, recipe, published),
            columns=gather.columns(corpus, recipe),
            files=tuple(files),
            tokenizer=_tokens(asked.tokenizer),
        )
        if asked.to == "hf":
            about = [
                _put(made.place, "README.md", card(contents)),
                _put(made.place, "croissant.json", croissant(contents)),
            ]
            contents = replace(contents, files=(*contents.files, *about))
        if forgotten_keys(lake) - forgotten:
            raise InfrastructureError("pages were forgotten during the export, so its files were removed: export again")
        made.finish(manifest(contents).encode())
    return contents


def _pinned(lake: Lake, recipe: str) -> tuple[Publication, int, DataFrame]:
    """The newest publication, the version of its table, and its rows. Raises UserError if there is none."""
    version = lake.version(table_name(recipe))
    found = [each for each in publications(lake, recipe) if version is not None and each.version <= version]
    if version is None or not found or not found[0].crawls:
        raise UserError(f"{recipe} is not published in {lake.uri}: run `decantry curate {recipe}` first")
    return found[0], version, lake.read_version(table_name(recipe), version)


def _require_all(files: list[File], documents: int, count: int) -> None:
    """Raise InfrastructureError unless the shards contain all documents."""
    written = [file for file in files if file.kind == "rows"]
    rows = sum(file.rows for file in written)
    if (rows, len(written)) != (documents, count):
        raise InfrastructureError(
            f"the export has {rows:,} documents in {len(written):,} shards instead of {documents:,} in {count:,}, "
            "so its files were removed: export again"
        )


def _put(place: Place, path: str, text: str) -> File:
    with place.file(path) as file:
        sink = Sink(file)
        sink.write(text.encode())
    return File("about", path, bytes=sink.size, sha256=sink.sha256)


def _tokens(tokenizer: Tokenizer | None) -> Tokens | None:
    if tokenizer is None:
        return None
    return Tokens(
        tokenizer.name, tokenizer.sha256, tokenizer.vocabulary, tokenizer.type, tokenizer.end, tokenizer.end_id
    )
