"""What each kind of step, extractor and reader gives for a few inputs, kept in a file for each VERSION.

`python -m tests.golden` writes the files that are missing. `inputs/` was written once, by hand and from pages of the
sample; a changed input would change outputs that belong to a VERSION, so new inputs get files of their own.
"""
