"""Keeping a lake: compaction and vacuum, going back to an earlier publication, forgetting pages."""
