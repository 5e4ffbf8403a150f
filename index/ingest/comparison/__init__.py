"""Compares what was read with the catalog: what is unchanged, what is wanted, and which ids clash."""
