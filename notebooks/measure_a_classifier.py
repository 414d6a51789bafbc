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
# # Measure a classifier
#
# How well a classifier tells good texts from others, and what each threshold on its score would keep. `decantry train`
# prints the same figures and writes the model; docs/tutorials/quality-classifier.md goes from labels to a corpus.

# %%
# On Databricks: LAKE = "catalog.prefix", and a cluster with the native jar (infra/databricks/README.md).
from __future__ import annotations

import os

import numpy as np
import pandas as pd
from IPython.display import SVG

import decantry
from decantry.jobs.models.examples import examples
from decantry.jobs.models.figures import calibration_svg, sweep_svg
from decantry.jobs.models.outcome import measure, plan
from decantry.jobs.models.trained import FastTextKind

LAKE = os.environ.get("DECANTRY_LAKE", "demo-lake")  # `make demo` makes this one
RECIPE, FOLDS, SEED = "fineweb", 5, 1
spark = decantry.session(LAKE)
pd.set_option("display.max_colwidth", 100)

# %% [markdown]
# ## Judged texts
# A recipe's verdicts stand for a judge here: an English text is good if the recipe keeps it. To measure with labels of
# your own, read them instead: `rows, _ = read([Path("labels.jsonl")], {})`, with `read` of `decantry.jobs.models.read`.

# %%
judged = f"""
select d.url, d.host, d.text, if(v.kept, '1', '0') label
from documents d join verdicts v using (id, crawl)
where v.recipe = '{RECIPE}' and d.language = 'en' and d.text <> '' order by d.id limit 20000
"""
rows = [row.asDict() for row in spark.sql(judged).collect()]
pd.DataFrame(rows)["label"].value_counts().rename("documents").reset_index()

# %% [markdown]
# ## How good is it?
# Each text is scored by a model that has seen neither it, nor a near-duplicate, nor a text of its host. `auc` is the
# share of pairs of a good and another text in which the good one has the higher score; chance is 0.5. `length_auc` is
# that of the text's length alone: a classifier that does not beat it has only learnt to prefer long pages.

# %%
texts = examples(rows)
parts = plan(texts, FOLDS, SEED)
model = FastTextKind(texts, SEED)
found = measure(texts, parts, model.scorer, SEED, scored=False)
figures = {"auc": found.auc, "auc_low": found.low, "auc_high": found.high, "length_auc": found.length[0]}
pd.Series({**figures, "calibration_error": found.calibration_error, "tested": found.tested}).round(3).to_frame("value")

# %% [markdown]
# ## What would each threshold keep?
# `documents` and `tokens` are shares of all that are kept; `precision` is the share of good texts among the kept ones,
# and `recall` the share of kept texts among the good ones.

# %%
pd.DataFrame([vars(each) for each in found.sweep]).round(3)

# %%
SVG(sweep_svg(found.sweep))

# %% [markdown]
# ## Does a score of 0.7 mean 70 % good?

# %%
SVG(calibration_svg(found.bins))

# %% [markdown]
# ## Where it is most wrong
# The texts of one fold whose scores differ most from their labels: read them before you trust a figure.

# %%
tested = np.flatnonzero(parts.folds == 0)
scores = model.scorer(np.flatnonzero(parts.folds != 0), tested)
wrong = sorted(zip(tested, scores, strict=True), key=lambda pair: -abs(pair[1] - texts.good[pair[0]]))[:10]
pd.DataFrame(
    [(texts.good[row], round(float(score), 3), rows[row]["url"], texts.texts[row][:200]) for row, score in wrong],
    columns=["good", "score", "url", "text"],
)
