"""What a command is to its machine and whoever runs it: failures and exit codes, Ctrl-C, Java, progress, secrets."""
