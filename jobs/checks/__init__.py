"""Expectations of what is about to be published, tried by Great Expectations on small frames."""
