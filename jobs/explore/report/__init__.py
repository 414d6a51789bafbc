"""The report: a corpus as one page. `gather` counts in the lake, `page` writes HTML from what was counted."""
