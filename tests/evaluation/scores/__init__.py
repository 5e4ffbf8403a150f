"""Scores of answers against gold."""
