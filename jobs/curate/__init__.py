"""From documents to a published corpus: passes of steps, staged, checked, then published."""
