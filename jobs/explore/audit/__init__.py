"""The audit of a corpus that is read from files: duplicates, hosts and benchmark questions in it, as one page."""
