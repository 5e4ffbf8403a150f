"""Finds the signs, codes and names of currencies in a text, and tells whose dollars or crowns are meant."""
