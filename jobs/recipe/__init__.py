"""Recipes: their model, how they are found and validated, and their hash."""
