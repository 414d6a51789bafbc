"""From bytes to records: archives, HTTP answers, candidates, and their addresses."""
