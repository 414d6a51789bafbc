"""Steps whose outcome depends on more than one document."""

from __future__ import annotations

from decantry.jobs.recipe.across_documents import steps_across_documents, unasked
from decantry.jobs.recipe.load import parse

STEPS = """
recipe: some
steps:
  - where: {name: before, keep: "text <> 'quality'"}
  - classifier: {model: m.bin, label: hq, column: hq}
  - where: {name: scored, keep: "hq > 0.1"}
  - near_duplicates: {}
  - ensemble_buckets: {columns: [hq]}
  - where: {name: good, keep: "QUALITY in ('high')"}
  - where: {name: other, keep: "language_quality > 1 or hq > 0.5"}
  - rehydrate: {weights: {1: 1}}
"""


def test_steps_across_documents_and_steps_that_read_their_columns() -> None:
    assert steps_across_documents(parse(STEPS, "some.yaml")) == {"near_duplicates", "ensemble_buckets", "good"}


CLUSTERED = """
recipe: some
steps:
  - where: {name: long, keep: "length(text) > 9"}
  - near_duplicates: {}
  - where: {name: rare, keep: "Cluster_Size <= 3"}
  - where: {name: named, keep: "cluster_id is not null"}
  - rehydrate: {weights: {1: 1}}
"""


def test_steps_that_need_more_than_one_text_unless_the_size_of_the_cluster_is_known() -> None:
    recipe = parse(CLUSTERED, "some.yaml")
    assert unasked(recipe) == ["near_duplicates", "rare", "named", "rehydrate"]
    assert steps_across_documents(recipe) == {"near_duplicates"}
