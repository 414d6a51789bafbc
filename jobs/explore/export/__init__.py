"""Exports: a published corpus in the form that trainers load."""
