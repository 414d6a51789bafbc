"""What every command needs from its process: failures and exit codes, Ctrl-C, Java, progress, secrets."""
