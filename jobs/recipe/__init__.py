"""Recipes: the model, how one is found and checked, and its hash."""
