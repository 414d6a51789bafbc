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
# # Tune a threshold
#
# What a corpus would gain and lose with another threshold, before anything is run again. `decantry preview` does the
# same in a terminal; docs/preview.md says what is counted.

# %%
# On Databricks: LAKE = "catalog.prefix", and a cluster with the native jar (infra/databricks/README.md).
from __future__ import annotations

import os

import pandas as pd
from IPython.display import SVG

from decantry.jobs.explore.preview.curve import svg
from decantry.jobs.explore.preview.job import preview
from decantry.jobs.explore.preview.kept import kept_then
from decantry.jobs.explore.preview.thresholds import swept, with_settings
from decantry.jobs.explore.session import open_for_reading
from decantry.jobs.recipe.load import load

LAKE = os.environ.get("DECANTRY_LAKE", "demo-lake")  # `make demo` makes this one
RECIPE = "fineweb"
lake = open_for_reading(LAKE)
pd.set_option("display.max_colwidth", 100)

# %% [markdown]
# ## Many values of one threshold
# `:` separates the first value, the last one, and the step between them.

# %%
OPTION = "gopher_quality.min_words"
sweep = preview(lake, load(RECIPE), lambda published: swept(published, f"{OPTION}=20:320:50")[1])
pd.DataFrame([(outcome.value, *kept_then(outcome)) for outcome in sweep.outcomes], columns=[OPTION, "kept", "margin"])

# %%
SVG(svg(sweep, OPTION, sweep.now or 0.0))

# %% [markdown]
# ## One value, by language
# `enter` and `leave` are documents; `margin` is the margin of error where only a sample was judged.

# %%
SETTINGS = [f"{OPTION}=240"]
change = preview(lake, load(RECIPE), lambda published: [with_settings(published, SETTINGS)])
rows = [
    (share.language, share.kept, share.enter.documents.value, share.leave.documents.value, share.leave.documents.margin)
    for share in change.outcomes[0].languages
]
pd.DataFrame(rows, columns=["language", "kept now", "enter", "leave", "margin"])

# %% [markdown]
# ## Some of the documents that move

# %%
moved = [("enters" if each.enters else "leaves", each.url, each.measured, each.text[:200]) for each in change.examples]
pd.DataFrame(moved, columns=["", "url", "measured", "text"])

# %% [markdown]
# ## What is not counted

# %%
print(*change.notes or ["a run gives the same figures"], sep="\n")
