"""Finds places that no pack knows: by a word of their name, and in datelines."""
