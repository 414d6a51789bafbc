"""What a recipe with other thresholds would keep, from what is published."""
