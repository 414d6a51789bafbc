"""Slow, obvious, independent implementations that the fast code must equal."""
