"""Search by meaning: vectors of texts, the nearest articles, the order of the best ones, and similar articles."""
