"""Pure functions on one page or one text."""
