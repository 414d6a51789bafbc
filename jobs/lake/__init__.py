"""The lake: where it is, how it is read and written, and what of it is published."""
