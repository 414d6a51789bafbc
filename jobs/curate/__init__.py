"""The curate job, from documents to a published corpus: plan, judge, cluster, reconcile, check, publish."""
