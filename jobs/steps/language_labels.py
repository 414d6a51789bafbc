"""Labels of language models, as columns: in one form, and each with its highest probability."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from decantry.jobs.process.spark import F
from decantry.udfs.page.language_names import ISO_639_3, SAME

if TYPE_CHECKING:
    from pyspark.sql import Column


def highest_above(labels: Column, floor: float) -> Column:
    """A map from names to the highest probability, of the labels of all models that are above the floor."""
    high = F.filter(labels, lambda each: each["probability"] > floor)
    return computed_once(
        F.transform(high, lambda each: F.struct(name_of(each["label"]).alias("name"), each["probability"])), _highest
    )


def _highest(named: Column) -> Column:
    """A map from each name to its highest probability, at most 1."""

    def highest(name: Column) -> Column:
        mine = F.filter(named, lambda each: each["name"] == name)
        return F.least(F.array_max(F.transform(mine, lambda each: each["probability"])), F.lit(1.0))

    names = F.array_sort(F.array_distinct(F.transform(named, lambda each: each["name"])))
    return F.map_from_arrays(names, F.transform(names, highest))


def computed_once(value: Column, use: Callable[[Column], Column]) -> Column:
    """What `use` makes of the value, which is computed once, though it may be read more often."""
    return F.element_at(F.transform(F.array(value), use), 1)


def name_of(label: Column) -> Column:
    """`deu_Latn`, from a label of any model; null if the label is null.

    The script is the text's where the label has none (see full_name).
    """
    same, three = (F.from_json(F.lit(json.dumps(names)), "map<string,string>") for names in (SAME, ISO_639_3))
    short = F.regexp_replace(label, "^__label__", "")
    with_script = F.coalesce(F.try_element_at(same, short), short)
    code = F.coalesce(F.try_element_at(three, short), short)
    script = F.coalesce("language_script", F.lit("Zyyy"))
    return F.when(short.contains("_"), with_script).otherwise(F.concat(code, F.lit("_"), script))


def code_of(name: Column) -> Column:
    """`deu` of `deu_Latn`."""
    return F.substring_index(name, "_", 1)
