"""Finds organizations that no pack knows: by the head of a name, signs beside it, acronyms and short forms."""
