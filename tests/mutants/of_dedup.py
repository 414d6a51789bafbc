"""Wrongs in `jobs/dedup` and in what follows from clusters."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

CLUSTERS = "tests/jobs/dedup/test_clusters.py"
COVER = "tests/jobs/dedup/test_cover.py::test_the_cover_of_random_corpora_is_the_oracles"

DEDUP = (
    Mutant(
        "largest-names-it",
        "a component is named by its largest member",
        "jobs/dedup/union_find.py",
        "parent[high] = low",
        "parent[low] = high",
        "tests/jobs/dedup/test_union_find.py::test_a_component_is_named_by_its_smallest_member",
    ),
    Mutant(
        "components-not-joined",
        "every document is a component of its own",
        "jobs/dedup/union_find.py",
        "        low, high = sorted((root(a), root(b)))\n        parent[high] = low",
        "        low, high = sorted((root(a), root(b)))\n        parent[high] = high",
        "tests/jobs/dedup/test_union_find.py::test_a_later_edge_joins_two_components",
    ),
    Mutant(
        "wrong-survivor",
        "the last of a cluster survives",
        "jobs/dedup/clusters.py",
        'F.min(F.struct(*ORDER)).getField("id").alias("survivor")',
        'F.max(F.struct(*ORDER)).getField("id").alias("survivor")',
        f"{CLUSTERS}::test_the_first_by_crawl_path_and_offset_survives_and_the_smallest_id_names_the_cluster",
    ),
    Mutant(
        "any-witness",
        "a document is removed for a witness that is not the first",
        "jobs/dedup/centres.py",
        "if found is None or number < found[0]:",
        "if True:",
        "tests/jobs/dedup/test_cover.py"
        "::test_the_witness_is_the_first_also_where_a_later_one_is_found_in_another_full_bucket",
    ),
    Mutant(
        "closed-buckets-take-more",
        "a bucket has more centres than it may have",
        "jobs/dedup/stream.py",
        "if centres.count(bucket) < most]",
        "if most]",
        COVER,
    ),
    Mutant(
        "last-bits-lost",
        "a table of centres loses those after the first of each eight",
        "jobs/dedup/common.py",
        "128 >> number % 8",
        "128",
        COVER,
    ),
    Mutant(
        "capacity-as-before",
        "a bucket of a large component has capacity for new centres in each round",
        "jobs/dedup/cover.py",
        '(F.col("capacity") - F.coalesce("n", F.lit(0)))',
        'F.col("capacity")',
        "tests/jobs/dedup/test_oracles.py::test_verified_clusters_are_those_of_the_greedy_cover_in_rounds",
    ),
    Mutant(
        "bands-mixed-up",
        "keys of different bands make a duplicate",
        "jobs/dedup/edges.py",
        'BUCKET = ("scope", "band", "key")',
        'BUCKET = ("scope", "key")',
        f"{CLUSTERS}::test_the_same_key_in_another_band_or_crawl_is_no_edge",
    ),
    Mutant(
        "scopes-mixed-up",
        "documents of different crawls are duplicates within one crawl",
        "jobs/dedup/edges.py",
        'BUCKET = ("scope", "band", "key")',
        'BUCKET = ("band", "key")',
        f"{CLUSTERS}::test_the_same_key_in_another_band_or_crawl_is_no_edge",
    ),
    Mutant(
        "torn-components",
        "components that an edge leads out of are published",
        "jobs/dedup/components.py",
        'if named["torn"] or named["rows"]',
        'if named["rows"]',
        f"{CLUSTERS}::test_components_that_are_wrong_fail_loudly",
    ),
    Mutant(
        "order-upside-down",
        "a document is kept for having the least of what its recipe keeps most of",
        "jobs/dedup/order.py",
        '-value if direction == "desc" else value',
        'value if direction == "desc" else -value',
        "tests/jobs/dedup/test_order.py::test_numbers_either_way_words_and_lengths_and_nulls_last",
    ),
    Mutant(
        "nulls-first",
        "a document without the number that its recipe keeps by goes before all others",
        "jobs/dedup/order.py",
        'return F.coalesce(number.cast("double"), F.lit(float("nan")))',
        'return F.coalesce(number.cast("double"), F.lit(0.0))',
        "tests/jobs/dedup/test_order.py::test_numbers_either_way_words_and_lengths_and_nulls_last",
    ),
    Mutant(
        "the-next-line-is-cut",
        "the paragraph after a repeated one is told as cut",
        "jobs/dedup/paragraphs.py",
        'F.element_at(lines, cut["paragraph"] + 1)',
        'F.element_at(lines, cut["paragraph"] + 2)',
        "tests/jobs/dedup/test_paragraphs.py::test_lines_that_are_cut_and_lines_that_stay",
    ),
    Mutant(
        "smoothed-to-the-end",
        "rehydration smooths the last sizes, which stand alone",
        "jobs/dedup/rehydration.py",
        "    smooth[-edge:] = raw[-edge:]\n",
        "",
        "tests/jobs/dedup/test_rehydration.py::test_fewer_sizes_than_the_window",
    ),
    Mutant(
        "weight-of-the-size-below",
        "a cluster of the very size in the table gets the weight below",
        "jobs/dedup/rehydration.py",
        "below = [start for start in table if start <= size]",
        "below = [start for start in table if start < size]",
        "tests/jobs/dedup/test_rehydration.py::test_sizes_between_and_above_take_the_last_weight",
    ),
    Mutant(
        "rows-for-bands",
        "the probability that is told is that of another setting",
        "jobs/steps/near_duplicates.py",
        "1 - (1 - similarity**self.rows) ** self.bands",
        "1 - (1 - similarity**self.bands) ** self.rows",
        "tests/jobs/dedup/test_s_curve.py::test_the_probabilities_of_finewebs_setting",
    ),
    Mutant(
        "languages-are-narrow",
        "a step that compares all crawls of a language is not held against earlier crawls",
        "jobs/steps/deduplicate.py",
        'return self.scope != "crawl"',
        'return self.scope == "all"',
        "tests/jobs/recipe/test_dedup_steps.py::test_wide_recipes_and_those_that_cannot_be_added_to",
    ),
    Mutant(
        "later-losers-stay",
        "a published document that a new one outranks stays in the corpus",
        "jobs/steps/find_clusters.py",
        'newly_lost = F.col("_loses") & (here > place)',
        'newly_lost = F.col("_loses") & (here < place)',
        "tests/jobs/curate/test_incremental.py"
        "::test_a_bridge_between_two_clusters_takes_a_published_document_back_also_at_the_second_attempt",
    ),
)
