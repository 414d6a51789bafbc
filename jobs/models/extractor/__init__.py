"""The model of `extractor: decantry`: which blocks of a page are content."""
