"""Models that are trained on what a lake holds."""
