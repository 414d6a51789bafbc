"""Tracking in MLflow: what ran, on which versions, with which result; never a reason for a job to fail."""
