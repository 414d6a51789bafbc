"""Models that are trained on judged texts and pages: measured without leaks, described, and registered."""
