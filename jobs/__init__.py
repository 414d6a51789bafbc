"""What runs on a schedule: tables in, tables out; also the command line, the lake and the recipes."""
