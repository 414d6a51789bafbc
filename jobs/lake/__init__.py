"""The lake: where it lies, how it is read and written, and what of it is published."""
