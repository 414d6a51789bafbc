"""For people who look at a lake: SQL, why a page was kept or removed, what a machine lacks."""
