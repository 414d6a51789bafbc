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
# # Why documents go
#
# Which steps remove documents, of which languages and domains, and how far from the threshold they were.

# %%
# On Databricks: LAKE = "catalog.prefix", and a cluster with the native jar (infra/databricks/README.md).
from __future__ import annotations

import os

import pandas as pd

import decantry

LAKE = os.environ.get("DECANTRY_LAKE", "demo-lake")  # `make demo` makes this one
spark = decantry.session(LAKE)
pd.set_option("display.max_colwidth", 100)

# %% [markdown]
# ## The funnel
# What each step saw and removed, in the order of the recipe.

# %%
spark.sql("select step, seen, removed, share, rules from funnel where recipe = 'fineweb' order by place").toPandas()

# %% [markdown]
# ## Which languages lose most
# A language rule is meant to remove languages; what is left out here is its doing.

# %%
languages = """
    select d.language, count(*) as documents, count_if(v.kept) as kept,
           count_if(v.removed_by like 'language.%') as by_language,
           count_if(v.removed_by not like 'language.%') as by_others
    from verdicts v join documents d on d.id = v.id where v.recipe = 'fineweb' group by 1 order by 2 desc, 1
"""
spark.sql(languages).toPandas()

# %% [markdown]
# ## Which domains lose most

# %%
domains = """
    select d.domain, count(*) as documents, count_if(not v.kept) as removed,
           mode(v.removed_by) as mostly_by
    from verdicts v join documents d on d.id = v.id where v.recipe = 'fineweb'
    group by 1 having removed > 0 order by removed desc, 1 limit 20
"""
spark.sql(domains).toPandas()

# %% [markdown]
# ## How far from the threshold
# What the rule measured of each document that it removed, in a row a rule.

# %%
measured = """
    select rule, measurement, count(*) as documents, min(value) as least,
           percentile_approx(value, 0.5) as median, max(value) as most
    from (select rule, explode(`values`) as (measurement, value) from removed_fineweb) group by 1, 2 order by 3 desc, 1
"""
spark.sql(measured).toPandas()

# %% [markdown]
# ## Look at some
# The texts, as they were extracted, of the documents that one rule removed.

# %%
RULE = "dup_para_frac"
looked = f"select url, `values`, left(text, 300) as text from removed_fineweb where rule = '{RULE}' limit 5"
spark.sql(looked).toPandas()
