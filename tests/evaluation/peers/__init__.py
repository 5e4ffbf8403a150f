"""What is measured: our own extraction and ranking, and those of others."""
