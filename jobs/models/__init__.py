"""Quality classifiers: trained on judged texts, measured without leaks, described, and registered."""
