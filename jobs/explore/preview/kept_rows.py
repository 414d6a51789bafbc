"""The live rows of one crawl of a recipe, read without Spark: verdicts, measurements, languages, clusters, sizes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from decantry.jobs.curate.extractors import of_recipe
from decantry.jobs.lake.without_spark import batches_of
from decantry.schemas.corpus import table_name
from decantry.schemas.signals import CHARACTERS, TOKENS

if TYPE_CHECKING:
    from decantry.jobs.lake.live import Published
    from decantry.jobs.recipe.model import Recipe


def verdicts(lake: str, each: Published) -> Any:
    """`id, removed_by, run_id` of the crawl's documents, from the last live run of each; None if there are none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = _table(batches_of(lake, "silver/verdicts", _live(each), ["id", "removed_by", "run_id"]))
    if found is None or len(each.runs) == 1:
        return found
    place = pc.index_in(found["run_id"], value_set=pa.array(each.runs))
    found = found.append_column("place", place)
    last = found.group_by("id").aggregate([("place", "max")]).rename_columns(["id", "place"])
    return found.join(last, ["id", "place"], join_type="inner").drop_columns(["place"])


def signals(lake: str, each: Published, names: Sequence[str]) -> Any:
    """`id, run_id` and the measurements with these names, null if the document has none."""
    import pyarrow as pa

    def narrow() -> Iterator[Any]:
        for batch in batches_of(lake, "silver/signals", _live(each), ["id", "run_id", '"values"']):
            columns = [batch["id"], batch["run_id"], *looked_up(batch["values"], names)]
            yield pa.record_batch(columns, ["id", "run_id", *names])

    return _table(narrow())


def looked_up(maps: Any, keys: Sequence[str]) -> list[Any]:
    """For each key, the value of each map, as an array of doubles; null if the map does not have the key."""
    import numpy as np
    import pyarrow as pa

    offsets = maps.offsets.to_numpy()
    names = maps.keys.cast(pa.string()).dictionary_encode()
    codes, code_of = names.indices.to_numpy(), {name: n for n, name in enumerate(names.dictionary.to_pylist())}
    found = []
    for key in keys:
        places = np.flatnonzero(codes == code_of.get(key, -1))
        rows = np.searchsorted(offsets, places, side="right") - 1
        inside = (rows >= 0) & (rows < len(maps))
        index = np.full(len(maps), -1)
        index[rows[inside]] = places[inside]
        found.append(maps.items.take(pa.array(index, mask=index < 0)).cast(pa.float64()))
    return found


def languages(lake: str, each: Published, recipe: Recipe) -> Any:
    """`id, language, language_script` of the crawl's documents, for the text that the recipe reads."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = ["id", "language", "language_script", "extractor"]
    found = _table(batches_of(lake, "silver/documents", f"crawl = {quoted(each.crawl)}", columns))
    if found is None:
        return None
    wanted = pa.array(of_recipe(pc.unique(found["extractor"]).to_pylist(), recipe), pa.string())
    found = found.append_column("place", pc.index_in(found["extractor"], value_set=wanted)).drop_columns(["extractor"])
    found = found.filter(found["place"].is_valid())
    if len(wanted) > 1:
        last = found.group_by("id").aggregate([("place", "max")]).rename_columns(["id", "place"])
        found = found.join(last, ["id", "place"], join_type="inner")
    return found.drop_columns(["place"])


def sizes(lake: str, each: Published, ids: Any) -> Any:
    """`id`, `characters` and `tokens` of these documents in the corpus."""
    columns = ["id", f"character_length(text) as {CHARACTERS}", f"token_count as {TOKENS}"]
    return _table(_of_ids(batches_of(lake, table_name(each.recipe), _in_corpus(each), columns), ids))


def tokens(lake: str, each: Published) -> int | None:
    """The tokens of the crawl's documents in the corpus; None if it has none."""
    found = _table(batches_of(lake, table_name(each.recipe), _in_corpus(each), ["sum(token_count) as n"]))
    number: int | None = None if found is None else found["n"][0].as_py()
    return number


def survivors(lake: str, each: Published, ids: Any) -> Any:
    """`id, run_id, size` of those of the documents that are survivors of clusters."""
    where = f"{_live(each)} and member = survivor and size > 1"
    columns = ["member as id", "run_id", "size"]
    return _table(_of_ids(batches_of(lake, "silver/clusters", where, columns), ids))


def texts(lake: str, published: Sequence[Published], recipe: Recipe, ids: Sequence[str], length: int) -> Any:
    """The `url` and the first `length` characters of the text of these documents, by id."""
    text = 'coalesce(markdown, "text")' if recipe.text.form == "markdown" else '"text"'
    columns = ["id", "url", "extractor", f'substr({text}, 1, {length}) as "text"']
    where = f"crawl in ({_list(each.crawl for each in published)}) and id in ({_list(ids)})"
    rows = [row for batch in batches_of(lake, "silver/documents", where, columns) for row in batch.to_pylist()]
    order = of_recipe({row["extractor"] for row in rows}, recipe)
    mine = [row for row in rows if row["extractor"] in order]
    return {row["id"]: row for row in sorted(mine, key=lambda row: order.index(row["extractor"]))}


def quoted(value: str) -> str:
    """The value as a literal of SQL."""
    return "'" + value.replace("'", "''") + "'"


def _list(values: Any) -> str:
    return ", ".join(quoted(value) for value in values)


def _live(each: Published) -> str:
    return f"recipe = {quoted(each.recipe)} and crawl = {quoted(each.crawl)} and run_id in ({_list(each.runs)})"


def _in_corpus(each: Published) -> str:
    return f"copy = 0 and dump = {quoted(each.crawl)}"


def _of_ids(batches: Iterator[Any], ids: Any) -> Iterator[Any]:
    import pyarrow.compute as pc

    for batch in batches:
        yield batch.filter(pc.is_in(batch["id"], value_set=ids))


def _table(batches: Iterator[Any]) -> Any:
    """The batches as a table; None if there are none."""
    import pyarrow as pa

    found = list(batches)
    return pa.Table.from_batches(found) if found else None
