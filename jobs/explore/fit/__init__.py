"""Configurations of languages, fitted to the documents of a lake."""
