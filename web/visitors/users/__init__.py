"""Users of a server: names, roles, passwords, sessions and tokens, in a file beside the catalog. Knows no Flask."""
