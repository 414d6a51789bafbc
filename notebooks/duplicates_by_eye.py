# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Duplicates by eye
#
# Which documents were taken for duplicates, how large the clusters are, and whether the two texts of a pair are alike.

# %%
# On Databricks: LAKE = "catalog.prefix", and a cluster with the native jar (infra/databricks/README.md).
from __future__ import annotations

import difflib
import os

import pandas as pd

import decantry

LAKE = os.environ.get("DECANTRY_LAKE", "demo-lake")  # `make demo` makes this one
RECIPE = "fineweb"
spark = decantry.session(LAKE)
pd.set_option("display.max_colwidth", 120)

# %% [markdown]
# ## Clusters by size

# %%
by_size = f"""
    select step, size, count(*) as clusters from clusters where recipe = '{RECIPE}' and member = survivor
    group by 1, 2 order by 2
"""
spark.sql(by_size).toPandas()

# %% [markdown]
# ## Pairs
# Each duplicate beside the document that was kept for it. `shared` is the share of the shorter text's 5-word shingles
# that the other one has too: near 1 for copies, low where the step was wrong.

# %%
pairs = spark.sql(
    f"""
    with pair as (
      select m.url as removed, s.url as kept, m.text as removed_text, s.text as kept_text,
             shingles(m.text, 5) as a, shingles(s.text, 5) as b
      from clusters c join documents m on m.id = c.member join documents s on s.id = c.survivor
      where c.recipe = '{RECIPE}' and c.member <> c.survivor)
    select removed, kept, size(array_intersect(a, b)) / nullif(least(size(a), size(b)), 0) as shared,
           removed_text, kept_text
    from pair order by shared, removed limit 50
    """
).toPandas()
pairs[["removed", "kept", "shared"]]

# %% [markdown]
# ## The least alike, line by line
# `-` is only in the text that was removed, `+` only in the one that was kept.

# %%
if len(pairs):
    pair = pairs.iloc[0]
    lines = difflib.unified_diff(
        pair.removed_text.splitlines(), pair.kept_text.splitlines(), pair.removed, pair.kept, n=1
    )
    print(*(ascii(line)[1:-1][:160] for line in lines), sep="\n")

# %% [markdown]
# ## Domains that copy one another

# %%
domains = f"""
    select m.domain as removed, s.domain as kept, count(*) as documents
    from clusters c join documents m on m.id = c.member join documents s on s.id = c.survivor
    where c.recipe = '{RECIPE}' and c.member <> c.survivor group by 1, 2 order by 3 desc, 1 limit 20
"""
spark.sql(domains).toPandas()
