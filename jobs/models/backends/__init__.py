"""Embedding backends: texts in, a row of numbers for each out; one library a file, imported when it is used."""
