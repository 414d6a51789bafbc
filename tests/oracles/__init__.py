"""Slow, obvious, independent re-implementations that the fast code is held to."""
