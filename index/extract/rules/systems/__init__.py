"""Finds systems that no pack knows by their designators, and tells names of other things from ours."""
