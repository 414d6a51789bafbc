"""Keeping a lake in order: compaction and vacuum, rollback to an earlier publication, forgetting pages."""
