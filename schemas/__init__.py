"""What each table looks like; StructType, DDL, docs and checks are derived from here."""
