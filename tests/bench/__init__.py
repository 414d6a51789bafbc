"""What the project costs, measured: `make bench` prints the tables of docs/benchmarks.md."""
