"""Finds people that no pack knows: full names, surnames alone, and forms of address before them."""
