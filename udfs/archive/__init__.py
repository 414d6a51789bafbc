"""Bytes to records: archives, HTTP answers, which records are candidates, and their addresses."""
