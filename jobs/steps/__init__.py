"""The kinds of step that a recipe can have, one kind a file."""
