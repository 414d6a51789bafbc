"""The kinds of step that a recipe can have, one in each file."""
