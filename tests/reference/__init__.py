"""Slow, obvious doubles of what is tested: an engine in memory with its commits, and an edit distance."""
