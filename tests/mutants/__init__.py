"""Small wrongs put into the engine, one at a time, each with the test that must fail for it."""
