"""Checks of a publication and of a lake. Great Expectations evaluates them on small frames of counts."""
