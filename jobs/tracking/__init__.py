"""Tracking in MLflow: what ran, on which versions, with which result. A failure here never fails a job."""
