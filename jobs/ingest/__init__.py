"""Archives in, documents out: one fused pass from bytes to `silver/documents`."""
