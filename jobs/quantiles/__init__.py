"""Weighted quantiles over all documents, as functions of frames: running sums, the top share, percentile buckets."""
