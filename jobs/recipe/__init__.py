"""Recipes: their model, loading and validation, and their hash."""
