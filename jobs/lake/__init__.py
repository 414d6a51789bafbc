"""The lake: its address, how its tables are read and written, and what is published."""
