"""Finds what is to be read: places that a user named, files below them, and what changes in watched folders."""
