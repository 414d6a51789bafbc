"""The command line, a command a file; each is thin: it reads its options, calls a job and shows what came of it."""
