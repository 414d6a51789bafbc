"""The command line, one command a file. Each command reads its options, calls a job and prints the result."""
