"""The kinds of step that a recipe is made of, a kind a file."""
