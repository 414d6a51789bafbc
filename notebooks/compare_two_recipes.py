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
# # Compare two recipes
#
# Which documents one recipe keeps and another does not, and why. Both have to be published in the lake: the first cell
# runs the second one where it is not.

# %%
# On Databricks: LAKE = "catalog.prefix", and run the second recipe as a job (infra/databricks/README.md).
from __future__ import annotations

import os
import subprocess
import sys

import pandas as pd

import decantry
from decantry.jobs.recipe.difference import differences
from decantry.jobs.recipe.load import load

LAKE = os.environ.get("DECANTRY_LAKE", "demo-lake")  # `make demo` makes this one
ONE, OTHER = "fineweb", "gopher"
spark = decantry.session(LAKE)
if not spark.catalog.tableExists(OTHER):
    subprocess.run([sys.executable, "-m", "decantry.jobs.main", "curate", OTHER, "--lake", LAKE, "-q"], check=True)
    spark = decantry.session(LAKE)
pd.set_option("display.max_colwidth", 100)

# %% [markdown]
# ## What their recipes do otherwise

# %%
print(*differences(load(ONE), load(OTHER)), sep="\n")

# %% [markdown]
# ## From which fate to which
# A row says how many documents have one fate by the one recipe and another by the other.

# %%
fates = f"""
    select coalesce(a.removed_by, 'kept') as one, coalesce(b.removed_by, 'kept') as other, count(*) as documents
    from verdicts a join verdicts b on b.id = a.id and b.crawl = a.crawl
    where a.recipe = '{ONE}' and b.recipe = '{OTHER}' group by 1, 2 order by 3 desc, 1, 2
"""
spark.sql(fates).toPandas()

# %% [markdown]
# ## Kept by one alone

# %%
alone = f"""
    select if(a.kept, '{ONE}', '{OTHER}') as kept_by, coalesce(a.removed_by, b.removed_by) as removed_by,
           d.url, left(d.text, 120) as text
    from verdicts a join verdicts b on b.id = a.id and b.crawl = a.crawl join documents d on d.id = a.id
    where a.recipe = '{ONE}' and b.recipe = '{OTHER}' and a.kept <> b.kept order by 1, 2, 3 limit 40
"""
spark.sql(alone).toPandas()

# %% [markdown]
# ## The corpora side by side

# %%
size = "select '{}' as recipe, count(*) as documents, sum(length(text)) as characters from {}"
pd.concat(spark.sql(size.format(name, name.replace("-", "_"))).toPandas() for name in (ONE, OTHER))
