"""Systems under measurement: our own extraction and ranking, and those of others."""
