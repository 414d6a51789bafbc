"""What happens to one page or one text: pure functions, values in, values out."""
