"""Finds the names that packs know, in all their written forms, and decides about ambiguous ones by context."""
