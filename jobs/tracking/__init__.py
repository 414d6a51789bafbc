"""Tracking in MLflow: what ran, on which versions, and with which result. A failure here never fails a job."""
