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
# # A first look at a lake
#
# What was read, what became of every page, what the corpus looks like. The lake is `demo-lake`, as `make demo` leaves
# it; where there is none, the first cell makes it out of the embedded sample. Set `DECANTRY_LAKE` to look at another.

# %%
# On Databricks: LAKE = "catalog.prefix", and a cluster with the native jar (infra/databricks/README.md).
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd

import decantry
from decantry.jobs.sample import build

LAKE = os.environ.get("DECANTRY_LAKE", "demo-lake")
if LAKE == "demo-lake" and not Path(LAKE).is_dir():
    build(Path("build/sample"))
    command = [sys.executable, "-m", "decantry.jobs.main", "run", "fineweb", "--lake", LAKE, "--input", "build/sample"]
    subprocess.run(command, check=True)

spark = decantry.session(LAKE)
pd.set_option("display.max_colwidth", 100)

# %% [markdown]
# ## What was read
# One row an archive: how many records it held, how many became documents, why others were no candidates.

# %%
inputs = spark.table("inputs").select("path", "status", "records", "documents", "rejects", "skipped").toPandas()
inputs.assign(path=inputs["path"].str.rsplit("/", n=1).str[-1])

# %% [markdown]
# ## In which languages
# As the language model names them, with the script of the text beside it.

# %%
documents = spark.table("documents")
languages = (
    documents.groupBy("language", "language_script").count().orderBy("count", "language", ascending=[False, True])
)
languages.toPandas()

# %% [markdown]
# ## What became of every document
# `removed_by` is the step and the rule; null means that the document is in the corpus.

# %%
verdicts = spark.table("verdicts").where("recipe = 'fineweb'").cache()
fates = verdicts.groupBy("removed_by").count().orderBy("count", "removed_by", ascending=[False, True]).toPandas()
fates

# %%
fates.dropna().style.hide(axis="index").bar(subset=["count"], color="#9ecae1")

# %% [markdown]
# ## Why those
# The measurements that decided stand in the verdict: here the pages that repeat themselves.

# %%
repeated = verdicts.where("removed_by like 'gopher_repetition.%'").join(documents, "id")
repeated.selectExpr("url", "removed_by", "map_entries(values) as measured").toPandas()

# %% [markdown]
# ## The corpus
# FineWeb's columns first, then what the recipe adds. Some rows, and how long the texts are.

# %%
corpus = spark.table("fineweb")
corpus.orderBy("url").selectExpr("url", "token_count", "left(text, 90) as text").limit(10).toPandas()

# %%
corpus.select("token_count").describe().toPandas()
