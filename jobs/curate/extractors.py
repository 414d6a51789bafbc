"""The extractors whose texts a recipe reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from decantry.schemas.documents import GIVEN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from decantry.jobs.recipe.model import Recipe


def of_recipe(extractors: Iterable[str], recipe: Recipe) -> list[str]:
    """The extractors whose text the recipe reads. If an id has several texts, the last one's counts."""
    present = {*extractors}
    mine = (name for name in present if name.startswith(f"{recipe.text.extractor}-"))
    return [*(name for name in GIVEN if name in present), *sorted(mine, key=version)]


def version(extractor: str) -> list[tuple[int, str]]:
    """A key to sort extractors by version, in which 0.14 comes after 0.9."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", extractor)]
