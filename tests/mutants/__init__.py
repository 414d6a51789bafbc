"""Mutants: small errors that are put into the engine, one at a time. Each names the test that must fail."""
